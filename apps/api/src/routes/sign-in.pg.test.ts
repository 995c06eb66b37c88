import { afterAll, beforeAll, expect, test } from "vitest"
import { type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let api: DemoApi
beforeAll(async () => {
  api = await openDemoApi({ trustedProxies: 1 })
})
afterAll(() => api.close())

const signIn = (password: string, from: string) =>
  api.stranger.send("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": `6.6.6.6, ${from}` },
    body: JSON.stringify({ email: "drafter@ru.example", password }),
  })

test("[API90] a slowed sign-in says in both languages how long to wait, to the address that the proxy saw alone", async () => {
  for (let i = 0; i < 5; i++) expect((await signIn("wrong-password", "203.0.113.7")).status).toBe(401)
  const slowed = await signIn("wrong-password", "203.0.113.7")
  expect(slowed.status).toBe(429)
  const seconds = slowed.headers.get("retry-after") ?? ""
  expect(slowed.body).toMatchObject({
    code: "sign_in_slowed",
    items: [
      {
        message: {
          en: `Too many wrong passwords. Try again in ${seconds} s.`,
          ru: `Слишком много неверных паролей. Повторите попытку через ${seconds} с.`,
        },
      },
    ],
  })
  expect((await signIn("alternat-demo", "198.51.100.4")).status).toBe(200)
})
