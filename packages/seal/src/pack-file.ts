/** A file of a pack: its name in the container, and its content. */
export interface PackFile {
  readonly name: string
  readonly bytes: Uint8Array
}
