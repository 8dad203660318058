/** A server of its own process for the load generators: answers after so many milliseconds, and says its URL. */
import { createServer } from "node:http";

const milliseconds = Number(process.argv[2]);
const server = createServer((_, response) => {
  if (milliseconds === 0) response.end("ok");
  else setTimeout(() => response.end("ok"), milliseconds);
});
server.listen(0, "127.0.0.1", () => process.send?.(`http://127.0.0.1:${server.address().port}/`));
