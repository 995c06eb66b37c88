import type { Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { createAdaptorServer } from "@hono/node-server"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { demoAccounts } from "../demo/accounts.ts"
import { type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let api: DemoApi
let server: Server
let port: number
beforeAll(async () => {
  api = await openDemoApi()
  server = createAdaptorServer({ fetch: api.app.fetch }) as Server
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await api.close()
})

const MEGABYTE = 1024 * 1024
const post = (path: string, type: string, length: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`

/** Sends these bytes over one connection and gives what comes back until `wanted` replies are there or it closes. */
function talk(parts: Iterable<string | Buffer>, wanted: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    let heard = ""
    const end = (): void => {
      socket.destroy()
      resolve(heard)
    }
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1")
      if (heard.split("HTTP/1.1 ").length > wanted && /\r\n\r\n.*\}$/s.test(heard)) end()
    })
    // writing into what the server has closed
    socket.on("error", () => undefined)
    socket.on("close", end)
    void (async () => {
      for (const part of parts) {
        if (socket.destroyed) return
        if (!socket.write(part)) await new Promise((go) => socket.once("drain", go).once("close", go))
      }
    })()
  })
}

const statuses = (heard: string): readonly string[] =>
  [...heard.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status = ""]) => status)

const HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
const piece = Buffer.alloc(MEGABYTE / 2, 97)
const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")])
const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value)

describe("[API79] a reply that does not wait for its request's body leaves a connection that can be used", () => {
  test("after a 413 with a length, and with chunks, the next request is answered", async () => {
    const long = [post("/api/me", "application/json", `Content-Length: ${4 * MEGABYTE}`), ...times(8, piece), HEALTH]
    const first = await talk(long, 2)
    expect(statuses(first)).toEqual(["413", "200"])
    const chunks = [post("/api/me", "application/json", "Transfer-Encoding: chunked"), ...times(8, chunk), "0\r\n\r\n"]
    expect(statuses(await talk([...chunks, HEALTH], 2))).toEqual(["413", "200"])
  })
  test("so it is after a 404 whose body nobody reads", async () => {
    const parts = [post("/nowhere", "text/plain", `Content-Length: ${MEGABYTE}`), ...times(2, piece), HEALTH]
    expect(statuses(await talk(parts, 2))).toEqual(["404", "200"])
  })
  test("a body that is longer than is waited for gets a reply that says that the connection closes", async () => {
    const heard = await talk([post("/api/me", "application/json", `Content-Length: ${900 * MEGABYTE}`), piece], 9)
    expect(statuses(heard)).toEqual(["413"])
    expect(heard).toMatch(/\r\nconnection: close\r\n/i)
  })
})

describe("[API80] a node answers under its own names", () => {
  const under = async (host: string, path = "/api/me") =>
    statuses(await talk([`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`], 1))[0]
  test("a foreign name is a 421 for API and pages alike, and a problem with a code", async () => {
    expect(await under("rebound.example:3000")).toBe("421")
    expect(await under("rebound.example", "/")).toBe("421")
    const heard = await talk(["GET /api/demo HTTP/1.1\r\nHost: rebound.example\r\n\r\n"], 1)
    expect(heard).toContain("application/problem+json")
    expect(heard).toContain('"code":"unknown_host"')
    expect(heard).not.toContain(demoAccounts.password)
  })
  test("its own names are served, and probes under any name", async () => {
    expect(await under("localhost")).toBe("401")
    expect(await under("127.0.0.1:3000")).toBe("401")
    for (const path of ["/healthz", "/readyz"]) expect(await under("alternat:3000", path)).toBe("200")
  })
})

test("[API81] the published password signs nobody in where there is no demo, however it is spelt", async () => {
  const off = await openDemoApi({ demo: false })
  const signIn = (body: string) =>
    off.app.request("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost:3000" },
      body,
    })
  const plain = JSON.stringify({ email: "head@us.example", password: demoAccounts.password })
  for (const body of [plain, plain.replace("alternat-", "\\u0061lternat-")])
    expect((await signIn(body)).status).toBe(401)
  await off.close()
})
