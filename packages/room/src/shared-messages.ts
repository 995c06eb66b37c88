/**
 * Messages that go to many clients alike, in this order. A transport may keep in `encoded` what it made of them: the
 * cost of a delivery is the socket write, and whatever is done once for all of them is not done for each.
 */
export class SharedMessages {
  encoded: Uint8Array | null = null

  constructor(readonly messages: readonly Uint8Array[]) {}
}
