import type { JobInfo, Problem } from "@alternat/plan"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"
import { createExporter } from "./create-exporter.ts"
import { createExportWorker, type ExportWorker } from "./export-worker.ts"

let api: DemoApi
let drafter: Caller
let worker: ExportWorker
beforeAll(async () => {
  api = await openDemoApi({ exporter: createExporter() })
  drafter = await api.as("drafter@us.example")
  worker = createExportWorker(api.deps)
})
afterAll(async () => {
  await worker.stop()
  await api.close()
})

async function finished(request: object): Promise<{ readonly job: JobInfo; readonly steps: readonly number[] }> {
  const asked = await drafter.post<JobInfo>("/api/plans/demo/exports", request)
  expect(asked.status, asked.text).toBe(202)
  expect(asked.headers.get("location")).toBe(`/api/plans/demo/exports/${asked.body.id}`)
  const steps = [asked.body.progress]
  for (let i = 0; i < 300; i++) {
    const { body: job } = await drafter.get<JobInfo>(`/api/plans/demo/exports/${asked.body.id}`)
    if (steps.at(-1) !== job.progress) steps.push(job.progress)
    if (job.status === "done" || job.status === "failed") return { job, steps }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error("the job did not end")
}

const BEGINS: Readonly<Record<string, string>> = { pdf: "%PDF-", docx: "PK", json: "{" }

describe("[API16] exports", () => {
  for (const format of ["pdf", "docx", "json"])
    test(`a draft as ${format} is made in the background, with progress, and is its asker's alone`, async () => {
      const { job, steps } = await finished({ format, audience: "shared" })
      expect(job).toMatchObject({ status: "done", progress: 100, error: null, file: { name: `demo-draft.${format}` } })
      expect(steps).toEqual(steps.toSorted((a, b) => a - b))
      const bytes = await drafter.bytes(`/api/plans/demo/exports/${job.id}/file`)
      expect(bytes.length).toBe(job.file?.size)
      expect(new TextDecoder("latin1").decode(bytes.subarray(0, 5))).toContain(BEGINS[format])
      const other = await api.as("head@us.example")
      expect((await other.get(`/api/plans/demo/exports/${job.id}/file`)).status).toBe(404)
    })

  test("[EXP34] a draft holds the open proposals to the tables, each by its code and its side", async () => {
    const { job } = await finished({ format: "docx", audience: "shared" })
    const files = unzipSync(await drafter.bytes(`/api/plans/demo/exports/${job.id}/file`))
    const text = strFromU8(files["word/document.xml"] ?? new Uint8Array())
    for (const [id, en, ru] of [
      ["CP1", "US", "США"],
      ["CP2", "RF", "РФ"],
      ["CP3", "US", "США"],
      ["CP4", "RF", "РФ"],
    ]) {
      expect(text).toContain(`${en} proposes, ${id}`)
      expect(text).toContain(`Предлагает ${ru}, ${id}`)
    }
    expect(text).toContain("L14")
  }, 60_000)

  test("the audience is never a default", async () => {
    const reply = await drafter.post<Problem>("/api/plans/demo/exports", { format: "pdf" })
    expect([reply.status, reply.body.items?.map((item) => item.id)]).toEqual([422, ["audience"]])
  })

  test("there is no pack of a draft, and no original of an unknown party", async () => {
    const ask = (request: object) =>
      drafter.post<Problem>("/api/plans/demo/exports", { audience: "shared", ...request })
    expect((await ask({ format: "pack" })).body.code).toBe("not_signed")
    expect((await ask({ format: "json", version: 3 })).body.code).toBe("no_such_version")
    expect((await ask({ format: "pdf", original: "XX" })).status).toBe(422)
  })
})

describe("[API66] exports are fair between sides", () => {
  test("ten wait at most, the eleventh is told what to do, and the other side is served next", async () => {
    await worker.stop()
    const ask = (caller: Caller, format = "json") =>
      caller.post<{ readonly id: string; readonly code: string }>("/api/plans/demo/exports", {
        format,
        audience: "shared",
      })
    for (let i = 0; i < 10; i++) expect((await ask(drafter)).status).toBe(202)
    const refused = await ask(drafter)
    expect([refused.status, refused.body.code]).toEqual([429, "too_many_exports"])
    expect(refused.headers.get("retry-after")).not.toBeNull()
    const other = await api.as("drafter@ru.example")
    const theirs = await ask(other)
    expect(theirs.status).toBe(202)
    const [first, second] = [await api.database.store.claimJob(), await api.database.store.claimJob()]
    expect([first?.id, second?.id]).toContain(theirs.body.id)
  })

  test("[API67] one's own are listed, cancelled and removed, and nobody else's", async () => {
    const list = async (caller: Caller) => (await caller.get<JobInfo[]>("/api/plans/demo/exports")).body
    const waiting = (await list(drafter)).filter((job) => job.status === "queued")
    expect(waiting.length).toBeGreaterThan(0)
    const colleague = await api.as("head@us.example")
    expect(await list(colleague)).toEqual([])
    const address = `/api/plans/demo/exports/${waiting[0]?.id}`
    expect((await colleague.send(address, { method: "DELETE" })).status).toBe(404)
    expect((await drafter.send(address, { method: "DELETE" })).status).toBe(204)
    expect((await drafter.get<JobInfo>(address)).body.status).toBe("cancelled")
    expect((await drafter.send(address, { method: "DELETE" })).status).toBe(204)
    expect((await drafter.get(address)).status).toBe(404)
  })

  test("[API68] what a killed process left running is taken up again", async () => {
    const left = (await drafter.get<JobInfo[]>("/api/plans/demo/exports")).body.find((job) => job.status === "running")
    expect(left).toBeDefined()
    const next = createExportWorker(api.deps)
    await expect
      .poll(async () => (await drafter.get<JobInfo>(`/api/plans/demo/exports/${left?.id}`)).body.status, {
        timeout: 60_000,
      })
      .toBe("done")
    await next.stop()
  })
})
