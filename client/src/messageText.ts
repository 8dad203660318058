/**
 * Text for a message of the editor as it is. Messages make links, also of commands, out of `[label](target)`: what a service answers must not
 * become something to click on.
 */
export function messageText(text: string): string {
  return text.replaceAll("](", "] (");
}
