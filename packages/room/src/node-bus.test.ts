import { memoryBus, type NodeBus } from "./node-bus.ts"
import { describeNodeBus } from "./test-support/describe-node-bus.ts"

describeNodeBus("memory", async () => {
  const bus = memoryBus()
  const nodes: NodeBus[] = []
  return {
    join: async () => {
      const node = bus.join()
      nodes.push(node)
      return node
    },
    breakDown: async () => void (bus.working = false),
    mend: async () => void (bus.working = true),
    close: async () => void (await Promise.all(nodes.map((node) => node.close()))),
  }
})
