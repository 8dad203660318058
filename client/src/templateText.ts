// Every template names its format or a resource type; budget files are known by their name.
const templateMark = /AWSTemplateFormatVersion|AWS::[A-Z][A-Za-z0-9]*::|AWS::Serverless-2016-10-31/;

/** A cheap test for text that the server has something to say about. Half-typed templates may fail it until they name a resource type. */
export function looksLikeTemplate(text: string): boolean {
  return templateMark.test(text);
}
