import type { ActInput, ActReply } from "@alternat/plan"

/** A signed-in person who speaks HTTP: what a script can do, for tests of acts and of bad input. */
export class Person {
  private constructor(
    readonly url: string,
    readonly cookie: string,
  ) {}

  static async signIn(url: string, email: string, password = "alternat-demo"): Promise<Person> {
    const reply = await fetch(`${url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ email, password }),
    })
    if (!reply.ok) throw new Error(`sign-in of ${email}: ${reply.status} ${await reply.text()}`)
    const cookie = reply.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ")
    return new Person(url, cookie)
  }

  /** The same session at another process. */
  at(url: string): Person {
    return new Person(url, this.cookie)
  }

  /** The raw reply, for tests of statuses. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, {
      ...init,
      headers: { cookie: this.cookie, origin: this.url, ...(init.headers as Record<string, string> | undefined) },
    })
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  }

  async get<T>(path: string): Promise<T> {
    const reply = await this.fetch(path)
    if (!reply.ok) throw new Error(`GET ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  async act(planId: string, act: ActInput): Promise<ActReply> {
    const reply = await this.post(`/api/plans/${planId}/acts`, act)
    if (!reply.ok) throw new Error(`${act.act}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as ActReply
  }
}
