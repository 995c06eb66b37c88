import path from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"

const folder = temporaryFolder()
let browser: Browser
let server: RunningServer
beforeAll(async () => {
  const port = await freePort()
  ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder.remove()
})

test.each([
  {
    locale: "en-US",
    email: "drafter@us.example",
    words: ["E-mail", "Password", "Sign in"],
    wrong: "do not belong together",
    slowed: "Too many wrong passwords.",
    wait: /You can try again in \d+ s\./,
    over: "You can try again now.",
  },
  {
    locale: "ru-RU",
    email: "drafter@ru.example",
    words: ["Электронная почта", "Пароль", "Войти"],
    wrong: "не подходят друг другу",
    slowed: "Слишком много неверных паролей.",
    wait: /возможна через \d+ с\./,
    over: "Можно повторить попытку.",
  },
])("[WEB110] the sign-in page counts down to the next attempt, $locale", async ({ locale, email, words, ...says }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 960 }, locale })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(`${server.url}/sign-in`)
  const [emailLabel = "", passwordLabel = "", submit = ""] = words
  await page.getByLabel(emailLabel).fill(email)
  await page.getByLabel(passwordLabel).fill("a wrong password")
  for (let i = 0; i < 6; i++) {
    const reply = page.waitForResponse(/sign-in\/email/)
    await page.getByRole("button", { name: submit, exact: true }).click()
    await reply
  }
  await page.getByRole("alert").getByText(says.slowed).waitFor()
  await page.getByText(says.wait).waitFor()
  const shots = process.env["ALTERNAT_SHOTS"]
  if (shots) await page.screenshot({ path: path.join(shots, `slowed-${locale}.png`) })
  await page.clock.runFor(61_000)
  await page.getByRole("alert").getByText(says.over).waitFor()
  expect(await page.getByText(says.wait).count()).toBe(0)
  await context.close()
})
