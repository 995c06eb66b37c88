import type { TestProject } from "vitest/node"
import { freePort, startServer, temporaryFolder } from "./server.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** a data directory with the demo that no server uses; to be copied */
    demoDataDir: string
  }
}

/** One first start for the whole run: a new cluster, its migrations and the demo take as long as many a journey. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = temporaryFolder()
  try {
    const server = await startServer({ dataDir: folder.dataDir, port: await freePort() })
    await server.stop()
  } catch (error) {
    folder.remove()
    throw error
  }
  project.provide("demoDataDir", folder.dataDir)
  return () => folder.remove()
}
