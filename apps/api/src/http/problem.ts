import type { Bilingual, Problem } from "@alternat/plan"
import type { Context } from "hono"

/**
 * Every way in which a request can fail, with its status and what it means. The `code` is stable: programs switch on it.
 * ERRORS.md is written from this table and a test compares the two.
 */
export const PROBLEMS = {
  malformed_json: [400, "The body is not JSON", "The body could not be read as JSON."],
  not_signed_in: [401, "Not signed in", "Sign in first: there is no session, or it has ended."],
  bad_origin: [403, "Foreign origin", "A request that changes something came from another site."],
  forbidden: [403, "Not allowed", "This person's role does not allow it."],
  bad_setup_token: [403, "Not a set-up link", "This link is not one of this installation, or a newer one was made."],
  wrong_party: [403, "Wrong party", "This belongs to the other delegation, or to one that this person is not of."],
  no_such_plan: [404, "No such plan", "There is no plan with this id for this reader."],
  no_such_clause: [404, "No such clause", "The plan, or this version of it, has no clause with this id."],
  no_such_comment: [404, "No such comment", "There is no thread with this id for this reader."],
  no_such_version: [404, "No such version", "The plan has no version with this number."],
  no_such_file: [404, "No such file", "There is no file with this name, or it is not ready yet."],
  no_such_job: [404, "No such job", "There is no export job with this id for this reader."],
  not_found: [404, "Not found", "There is nothing at this address."],
  method_not_allowed: [
    405,
    "Method not allowed",
    "The address exists, but not for this method; `Allow` lists those it knows.",
  ],
  stale: [
    409,
    "Changed meanwhile",
    "The expected hash or revision is not the one that stands. Read again and decide again.",
  ],
  conflict: [409, "In conflict with what stands", "The act does not fit the state that its subject has now."],
  plan_exists: [409, "There is such a plan", "A plan with this id exists already."],
  already_signed: [409, "Already signed", "This side has signed this version already."],
  already_set_up: [409, "Already set up", "This installation has its members already."],
  email_taken: [409, "E-mail taken", "There is an account with this e-mail already."],
  setup_token_over: [410, "Set-up link over", "The link was used already, or its 24 hours are over."],
  too_large: [413, "Too large", "The body is larger than this address takes."],
  unsupported_media_type: [415, "Unsupported media type", "The body must be sent as application/json."],
  invalid_request: [422, "Invalid request", "The request does not have the documented form; `items` name the places."],
  bad_characters: [
    422,
    "Characters that no text may hold",
    "A text of the request holds a character that can't be stored or printed; `items` name the field and the character.",
  ],
  weak_password: [
    422,
    "Password too easy to guess",
    "A new password is short, common or built on its owner's name; `items` name the field and say what to do.",
  ],
  refused: [
    422,
    "Refused by the rules of the plan",
    "The rules of the plan do not allow this act; `items` name what stands in the way.",
  ],
  bad_signature: [
    422,
    "Signature does not hold",
    "The signature does not fit the statement and the key, or the statement this version.",
  ],
  unknown_host: [421, "Unknown host", "This server does not answer to the name in the `Host` header."],
  rate_limited: [429, "Too many requests", "Wait as many seconds as `Retry-After` says."],
  sign_in_slowed: [
    429,
    "Too many wrong passwords",
    "Too many wrong passwords were given for this account, or from this address. Wait as many seconds as `Retry-After` says.",
  ],
  internal: [500, "Internal error", "Something of ours broke. The log has it under the request id."],
  storage_away: [
    503,
    "Storage away",
    "The database can't be reached. Nothing was changed, or it is not known: read before trying again.",
  ],
} as const satisfies Record<string, readonly [number, string, string]>

export type ProblemCode = keyof typeof PROBLEMS
export type ProblemItem = NonNullable<Problem["items"]>[number]

/** Thrown by handlers where a helper would otherwise have to thread a reply through; `onError` turns it into its reply. */
export class ProblemError extends Error {
  override readonly name = "ProblemError"
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.detail)
    this.problem = problem
    this.headers = headers
  }
}

/** A problem of the table; `code` may be narrowed by a finer code of the plan's rules that keeps the table's status. */
export function problem(
  code: ProblemCode,
  more: { readonly detail?: string; readonly items?: readonly ProblemItem[]; readonly finerCode?: string } = {},
): Problem {
  const [status, title, detail] = PROBLEMS[code]
  return {
    type: `urn:alternat:problem:${code}`,
    title,
    status,
    code: more.finerCode ?? code,
    detail: more.detail ?? detail,
    ...(more.items && more.items.length > 0 ? { items: more.items } : {}),
  }
}

export const fail = (code: ProblemCode, more: Parameters<typeof problem>[1] = {}): never => {
  throw new ProblemError(problem(code, more))
}

export const sendProblem = (c: Context, p: Problem, headers: Readonly<Record<string, string>> = {}): Response =>
  c.body(JSON.stringify(p), p.status as 400, { ...headers, "content-type": "application/problem+json; charset=utf-8" })

/** Zod's issues as items: the path names the place, the message says what was expected there. */
export const issueItems = (
  issues: readonly {
    readonly path: readonly PropertyKey[]
    readonly code?: string | undefined
    readonly message: string
  }[],
): readonly ProblemItem[] =>
  issues.slice(0, 50).map((issue) => ({
    id: issue.path.map(String).join(".") || "(body)",
    code: issue.code ?? "invalid",
    message: wordsOf(issue),
  }))

/** The English names what was expected, for whoever writes a program; the Russian says what kind of thing is wrong. */
const wordsOf = ({ code, message }: { readonly code?: string | undefined; readonly message: string }): Bilingual => ({
  en: message,
  ru: RUSSIAN_ISSUES[code ?? ""] ?? "Значение не соответствует установленной форме.",
})

const RUSSIAN_ISSUES: Readonly<Record<string, string>> = {
  invalid_type: "Значение отсутствует или относится к другому виду.",
  invalid_value: "Значение не входит в число допустимых.",
  invalid_format: "Значение записано не по форме.",
  invalid_union: "Значение не соответствует ни одной из допустимых форм.",
  unrecognized_keys: "Указано поле, которого здесь нет.",
  too_big: "Значение больше или длиннее допустимого.",
  too_small: "Значение меньше или короче допустимого.",
  not_multiple_of: "Значение не кратно установленному шагу.",
}
