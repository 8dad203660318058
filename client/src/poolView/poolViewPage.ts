/** What the page of the pool view is made of. */
export interface PageParts {
  /** Address of the script. */
  readonly script: string;
  /** Address of the style sheet. */
  readonly style: string;
  /** The only source of style sheets, for the policy. */
  readonly styleSource: string;
  /** Unguessable, new for each page: the only script that may run. */
  readonly nonce: string;
}

/** The page: it loads one script and one style sheet, nothing from elsewhere, and evaluates no text. */
export function poolViewPage({ script, style, styleSource, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${styleSource}`,
    // A picture of the picture, on its way into a PNG.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pool</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
