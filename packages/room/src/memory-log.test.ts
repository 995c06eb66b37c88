import { memoryLog } from "./memory-log.ts"
import { describeUpdateLog } from "./test-support/describe-update-log.ts"

describeUpdateLog("memory", async () => {
  const log = memoryLog()
  log.create({ doc: "one" })
  log.create({ doc: "two" })
  return {
    log,
    feed: log,
    docs: ["one", "two"],
    users: ["ann", "ben"],
    changeRules: async (doc, rules) => log.act(doc, { rules }),
    close: async () => undefined,
  }
})
