import { button, html } from "./dom.ts";
import type { PictureSlice, Place } from "./poolMessages.ts";

/** What the panel of a slice does. */
export interface SliceEvents {
  readonly whatIf: (key: string, value: number | null) => void;
  readonly open: (key: string, place: Place) => void;
}

const places: Readonly<Record<Place, string>> = {
  tree: "Reveal in Tree",
  template: "Template",
  budget: "Budget",
};

/** The slice that is chosen: its numbers, where it leads, and a reservation to try out. It keeps the focus while numbers change. */
export class SliceDetails {
  readonly element = html("section", { class: "details", "aria-label": "Chosen function" });
  readonly #events: SliceEvents;
  readonly #input = html("input", { type: "number", id: "reservation", min: 0, step: 1 });
  readonly #says = html("p", { class: "says" });
  readonly #reset: HTMLButtonElement;
  #key: string | undefined;

  constructor(events: SliceEvents) {
    this.#events = events;
    this.#input.addEventListener("input", () => this.#typed());
    this.#reset = button("Reset", () => this.#key !== undefined && events.whatIf(this.#key, null), {
      class: "secondary",
    });
  }

  show(slice: PictureSlice | undefined): void {
    if (slice === undefined) {
      this.#key = undefined;
      this.element.replaceChildren(
        html("p", { class: "hint" }, "Choose a slice or a row to try out another reservation."),
      );
      return;
    }
    this.#says.textContent = `${slice.claimed} claimed${slice.was === undefined ? "" : `, was ${slice.was}`}${
      slice.use === undefined ? "" : `; ${slice.use} in use now`
    }${slice.rest ? "" : `; max ${slice.most}`}`;
    this.#reset.disabled = slice.was === undefined;
    const other = this.#key !== slice.key;
    // What is being typed is not written over by the answer to an earlier key.
    if (slice.input !== undefined && (other || document.activeElement !== this.#input)) {
      this.#input.value = String(slice.input);
    }
    if (!other) return;
    this.#key = slice.key;
    this.#input.removeAttribute("aria-invalid");
    this.element.replaceChildren(
      html("h2", {}, slice.name),
      this.#says,
      ...(slice.input === undefined
        ? []
        : [
            html(
              "div",
              { class: "row" },
              html("label", { for: "reservation" }, "What if it reserves"),
              this.#input,
              this.#reset,
            ),
          ]),
      html(
        "div",
        { class: "row" },
        ...slice.places.map((place) =>
          button(places[place], () => this.#events.open(slice.key, place), { class: "secondary" }),
        ),
      ),
    );
  }

  #typed(): void {
    const { value, valueAsNumber } = this.#input;
    const fits = value === "" || (Number.isSafeInteger(valueAsNumber) && valueAsNumber >= 0);
    this.#input.setAttribute("aria-invalid", String(!fits));
    if (this.#key !== undefined && fits) this.#events.whatIf(this.#key, value === "" ? null : valueAsNumber);
  }
}
