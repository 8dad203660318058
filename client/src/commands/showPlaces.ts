import { commands, Location, Position, Range, Uri } from "vscode";
import type { Location as Place, Position as Spot } from "vscode-languageclient/node";

/** Shows places in the editor's peek view: what stands behind a code lens. The arguments are those of the language server. */
export async function showPlaces(uri: string, position: Spot, places: readonly Place[]): Promise<void> {
  const locations = places.map(({ uri, range: { start, end } }) => {
    return new Location(Uri.parse(uri), new Range(asPosition(start), asPosition(end)));
  });
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), asPosition(position), locations);
}

function asPosition({ line, character }: Spot): Position {
  return new Position(line, character);
}
