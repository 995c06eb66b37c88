/** Accounts and sessions. The library behind it is known to `auth.ts` alone. */
export interface Auth {
  /** serves `/api/auth/*`; answers with the session cookie */
  handler(request: Request): Promise<Response>
  session(headers: Headers): Promise<SignedIn | null>
  /** Makes the account and the person of the same id; `null` when the e-mail is taken. For the demo, `init` and invitations. */
  createUser(user: NewUser): Promise<{ readonly userId: string } | null>
  /** as `createUser` keeps it; for accounts that are written together with more than themselves */
  hashPassword(password: string): Promise<string>
  close(): Promise<void>
}

export interface SignedIn {
  readonly userId: string
  readonly sessionId: string
  readonly email: string
  readonly expiresAt: Date
}

export interface NewUser {
  /** random when absent */
  readonly userId?: string
  readonly email: string
  readonly password: string
  readonly name: { readonly en: string; readonly ru: string }
  readonly language: "en" | "ru"
}

export interface AuthOptions {
  readonly url: string
  readonly secret: string
  /** PUBLIC_URL */
  readonly baseUrl: string
  readonly trustedOrigins: readonly string[]
  /** header that a trusted proxy puts the client's address into; absent: the socket's address, put into `x-alternat-address` by the server */
  readonly addressHeader: string
  readonly onError?: (message: string, error: unknown) => void
}
