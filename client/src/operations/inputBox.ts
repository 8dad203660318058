import { type InputBox, InputBoxValidationSeverity, window } from "vscode";

/** What a text that is being typed leads to. An error keeps Enter from being taken. */
export interface Verdict {
  readonly severity: "error" | "information";
  readonly message: string;
}

/** A question that is answered by typing. */
export interface Input {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** Of the text without blanks around it; an empty text is never accepted. */
  readonly judge: (text: string) => Verdict | undefined;
  readonly step?: number;
  readonly totalSteps?: number;
}

const severities = {
  error: InputBoxValidationSeverity.Error,
  information: InputBoxValidationSeverity.Info,
} as const;

/** Asks for a text, judged as one types. Undefined when the user cancels. */
export function inputBox(input: Input): Promise<string | undefined> {
  const box = window.createInputBox();
  box.title = input.title;
  box.prompt = input.prompt;
  box.value = input.value ?? "";
  box.placeholder = input.placeholder;
  box.ignoreFocusOut = true;
  if (input.step !== undefined) box.step = input.step;
  if (input.totalSteps !== undefined) box.totalSteps = input.totalSteps;
  const judge = () => {
    const text = box.value.trim();
    const verdict = text === "" ? undefined : input.judge(text);
    box.validationMessage = verdict && { message: verdict.message, severity: severities[verdict.severity] };
    return text !== "" && verdict?.severity !== "error";
  };
  judge();
  return answer(box, judge);
}

function answer(box: InputBox, judge: () => boolean): Promise<string | undefined> {
  return new Promise((resolve) => {
    box.onDidChangeValue(judge);
    box.onDidAccept(() => {
      if (!judge()) return;
      resolve(box.value.trim());
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
