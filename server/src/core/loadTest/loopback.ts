/** Does this host name, as a URL has it, stay on this machine? */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
