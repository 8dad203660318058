import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** A request that the stub answered. */
export interface StubRequest {
  readonly action: string;
  /** Access key id it was signed with; absent: not signed. */
  readonly key?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
}

/** Services of AWS around signing in, which the demo account does not have: it answers what it must and remembers who asked. */
export interface StubAws {
  readonly url: string;
  readonly requests: readonly StubRequest[];
  /** From now on an action answers with this error. */
  refuse(action: string, status: number, code: string, message: string): void;
}

/** Answers as STS, IAM, the SSO portal and a container's credential service do; `key` of the requests says whose credentials arrived. */
export async function startStubAws(test: TestContext): Promise<StubAws> {
  const stub = createStubAws();
  const server = createServer(stub.listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ...stub, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The same for a server that a test starts itself. */
export function createStubAws(): Omit<StubAws, "url"> & { readonly listener: RequestListener } {
  const requests: StubRequest[] = [];
  const refusals = new Map<string, { status: number; code: string; message: string }>();
  const listener: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const parameters = Object.fromEntries(new URLSearchParams(body));
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://stub");
    const action = parameters.Action ?? pathname.slice(1);
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    const all = { ...Object.fromEntries(searchParams), ...parameters };
    requests.push({ action, ...(key === undefined ? {} : { key }), parameters: all, headers: request.headers });
    const refusal = refusals.get(action);
    if (refusal !== undefined) {
      response.writeHead(refusal.status, { "content-type": "text/xml", "x-amzn-errortype": refusal.code });
      response.end(pathname in jsonAnswers ? JSON.stringify({ message: refusal.message }) : errorBody(refusal));
      return;
    }
    const json = jsonAnswers[pathname];
    response.writeHead(200, { "content-type": json === undefined ? "text/xml" : "application/json" });
    response.end(json ?? xml(action, key));
  };
  return {
    listener,
    requests,
    refuse: (action, status, code, message) => refusals.set(action, { status, code, message }),
  };
}

const expiration = new Date(Date.now() + 3_600_000);

const jsonAnswers: Readonly<Record<string, string>> = {
  "/container": JSON.stringify({
    AccessKeyId: "ASIACONTAINER",
    SecretAccessKey: "secret",
    Token: "token",
    Expiration: expiration.toISOString(),
  }),
  "/federation/credentials": JSON.stringify({
    roleCredentials: {
      accessKeyId: "ASIASSO",
      secretAccessKey: "secret",
      sessionToken: "token",
      expiration: expiration.getTime(),
    },
  }),
};

function xml(action: string, key: string | undefined): string {
  const result = {
    GetCallerIdentity: `<Arn>arn:aws:iam::111122223333:user/${key}</Arn><UserId>AIDA</UserId><Account>111122223333</Account>`,
    ListAccountAliases: "<IsTruncated>false</IsTruncated><AccountAliases><member>stub</member></AccountAliases>",
    AssumeRole: assumed("ASIAROLE"),
    AssumeRoleWithWebIdentity: assumed("ASIAWEB"),
  }[action];
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
}

function assumed(key: string): string {
  return `<AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>${expiration.toISOString()}</Expiration></Credentials>`;
}

function errorBody({ code, message }: { code: string; message: string }): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}
