import { afterAll, beforeAll } from "vitest"
import { temporaryFolder } from "../../journeys/harness/server.ts"
import { Cluster } from "./cluster.ts"
import { Stage } from "./stage.ts"
import { SyncNode } from "./sync-node.ts"
import { Wire } from "./wire.ts"

/** For a whole file of tests: made before the first, gone after the last. */
export function setScene(options: { readonly nodes: number }): Scene {
  const scene = new Scene()
  beforeAll(() => scene.set(options.nodes))
  afterAll(() => scene.strike())
  return scene
}

/** What a fault happens to: a database, a plan in it, and some nodes. Its parts are there from the file's `beforeAll` on. */
export class Scene {
  cluster!: Cluster
  stage!: Stage
  /** one address for the nodes it begins with, by turns: a balancer, or a bad line */
  line!: Wire
  nodes: readonly SyncNode[] = []
  readonly #ends: (() => Promise<unknown>)[] = []

  /** Its only node, or the first of several. */
  get node(): SyncNode {
    const [node] = this.nodes
    if (!node) throw new Error("broken invariant: this scene begins with a node")
    return node
  }

  async set(nodes: number): Promise<void> {
    const folder = temporaryFolder()
    this.#ends.push(async () => folder.remove())
    this.cluster = await this.#keep(Cluster.start(folder.path))
    this.stage = await this.#keep(Stage.set(this.cluster))
    this.line = await this.#keep(Wire.to())
    this.nodes = await Promise.all(Array.from({ length: nodes }, () => this.add(SyncNode.start(this.cluster.url))))
    this.line.targets = this.nodes.map((node) => node.port)
  }

  /** One more node, which ends with the scene unless it has ended before. */
  add(starting: Promise<SyncNode>): Promise<SyncNode> {
    this.#ends.push(async () => (await settled(starting))?.kill())
    return starting
  }

  #keep<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    this.#ends.push(async () => (await settled(starting))?.close())
    return starting
  }

  /** In the opposite order, without what never started. */
  async strike(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end()
  }
}

/** null: it has failed, which `beforeAll` has said already */
const settled = <T>(starting: Promise<T>): Promise<T | null> => starting.catch(() => null)
