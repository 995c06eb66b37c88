/**
 * Tells the log where an error arose: its name, code and place, and the name and code of what caused it (PostgreSQL's
 * 53100 is a full disk). Messages are left out, because PostgreSQL, a parser or the typesetter may quote somebody's words.
 */
export function errorPlace(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const { cause } = error
  return { ...kindOf(error), ...(cause instanceof Error ? { cause: kindOf(cause) } : {}), stack: framesOf(error) }
}

const kindOf = (error: Error) => ({ name: error.name, code: (error as { code?: unknown }).code })

/** The stack repeats the message, of any number of lines, before its frames. */
function framesOf({ stack, message }: Error): string | undefined {
  const at = message === "" ? 0 : (stack?.indexOf(message) ?? -1)
  // a stack that was written before its message changed: nothing in it can be told apart
  if (at < 0) return undefined
  const frames = stack?.slice(at + message.length).split("\n") ?? []
  return frames
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join("\n")
}
