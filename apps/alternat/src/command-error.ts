/** What a person at the terminal can act on: printed as one line, never with a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError"
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message)
  }
}
