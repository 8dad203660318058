// Preloaded into measured processes: writes the peak resident memory (kilobytes) when the process ends.
const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)));
