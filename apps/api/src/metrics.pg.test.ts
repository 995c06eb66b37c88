import type { JobInfo } from "@alternat/plan"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runJob } from "./exports/export-worker.ts"
import { serveMetrics } from "./metrics-server.ts"
import { type DemoApi, openDemoApi } from "./testing/demo-api.ts"

const TOKEN = "a token of the tests"
let api: DemoApi
beforeAll(async () => {
  api = await openDemoApi({ metricsToken: TOKEN })
})
afterAll(() => api.close())

const ask = (authorization?: string) =>
  api.app.request("/metrics", { headers: authorization === undefined ? {} : { authorization } })

/** All figures but those of the process as a whole. */
const figures = async (): Promise<readonly string[]> => {
  const text = await (await ask(`Bearer ${TOKEN}`)).text()
  return text.split("\n").filter((line) => !line.includes("process_"))
}

test("[API61] metrics are for the bearer of the token; without one there is nothing at that address", async () => {
  expect((await ask(`Bearer ${TOKEN}`)).status).toBe(200)
  for (const authorization of [undefined, "Bearer wrong", TOKEN, "Bearer "]) {
    const reply = await ask(authorization)
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([404, "not_found"])
  }
  const off = await openDemoApi({ empty: true })
  expect((await off.app.request("/metrics", { headers: { authorization: "Bearer null" } })).status).toBe(404)
  await off.close()
})

test("[API61] a port of its own serves the figures and nothing else", async () => {
  const port = await freePort()
  const server = await serveMetrics({ host: "127.0.0.1", port }, () => "figures\n")
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toBe("figures\n")
  expect((await fetch(`http://127.0.0.1:${port}/api/plans`)).status).toBe(404)
  await server.close()
})

test("[API62] what a delegation does by itself moves no figure, and shared work does", async () => {
  const head = await api.as("head@us.example")
  await head.get("/api/plans/demo/preflight")
  const before = await figures()
  const target = { type: "clause", clauseId: "s17.c2" }
  const thread = await head.post<{ id: string }>("/api/plans/demo/comments", { target, audience: "US", text: "ours" })
  expect(thread.status).toBe(201)
  await head.post(`/api/plans/demo/comments/${thread.body.id}/replies`, { text: "ours again" })
  await head.patch(`/api/plans/demo/comments/${thread.body.id}`, { status: "resolved" })
  await head.get("/api/plans/demo/comments")
  expect((await head.post("/api/plans/demo/sync-ticket", { space: "caucus" })).status).toBe(200)
  expect((await head.post("/api/plans/demo/sync-ticket", { space: "treasury" })).status).toBe(422)
  await head.get("/api/plans/demo/ranking")
  const job = await head.post<JobInfo>("/api/plans/demo/exports", { format: "json", audience: "US" })
  expect(job.status).toBe(202)
  const claimed = await api.database.store.claimJob()
  expect(claimed?.id).toBe(job.body.id)
  if (claimed) await runJob(api.deps, claimed)
  await head.bytes(`/api/plans/demo/exports/${job.body.id}/file`)
  expect(await figures()).toEqual(before)
  await head.get("/api/plans/demo/preflight")
  expect(await figures()).not.toEqual(before)
})

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net")
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}
