import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let demo: DemoApi
let colleague: Caller
beforeAll(async () => {
  demo = await openDemoApi()
  colleague = await demo.as("head@us.example")
})
afterAll(() => demo.close())

/** A stream that is read to its end, and the session that opened it. */
async function openStream(email: string) {
  const ORIGIN = "http://localhost:3000"
  const signedIn = await demo.app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json", origin: ORIGIN },
    body: JSON.stringify({ email, password: "alternat-demo" }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  const reply = await demo.app.request("/api/plans/demo/stream", { headers: { cookie } })
  expect(reply.status).toBe(200)
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader()
  let heard = ""
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return true
      heard += new TextDecoder().decode(value)
    }
  })()
  const signOut = () =>
    demo.app.request("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json", origin: ORIGIN, cookie },
      body: "{}",
    })
  const session = await demo.deps.auth.session(new Headers({ cookie }))
  return { ended, signOut, sessionId: session?.sessionId ?? "", heard: () => heard }
}

/** Caucus hints without a pause, which used to keep a stream from ever looking at its session. */
function keepHinting() {
  const stop = new AbortController()
  const hinting = (async () => {
    while (!stop.signal.aborted) {
      await colleague.post("/api/plans/demo/comments", {
        target: { type: "clause", clauseId: "s17.c2" },
        audience: "US",
        text: "for us alone",
      })
      await sleep(300)
    }
  })()
  return async () => {
    stop.abort()
    await hinting
  }
}

test("[API60] a stream ends with the sign-out of its session, also while hints keep coming", async () => {
  const stream = await openStream("drafter@us.example")
  const stop = keepHinting()
  await expect.poll(stream.heard, { timeout: 10_000 }).toContain('"comments"')
  expect((await stream.signOut()).status).toBe(200)
  expect(await stream.ended).toBe(true)
  await stop()
})

test("[API60] a stream ends with a session that another node has revoked, and others stay", async () => {
  const [mine, other] = [await openStream("drafter@us.example"), await openStream("drafter@us.example")]
  await demo.database.store.revokeSession(mine.sessionId)
  expect(await mine.ended).toBe(true)
  expect(await Promise.race([other.ended, sleep(2500, "open")])).toBe("open")
  await other.signOut()
  expect(await other.ended).toBe(true)
})
