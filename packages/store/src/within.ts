/** of which the patience is made; a process that was busy with something else for long uses up one of them */
const PARTS = 10

/**
 * A database that stands still keeps its connections and answers nothing: the question ends all the same. Only time in
 * which an answer could have been heard counts.
 */
export async function within<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    let left = PARTS
    timer = setInterval(() => --left === 0 && reject(new Error("the database does not answer")), ms / PARTS)
  })
  try {
    return await Promise.race([ask(), late])
  } finally {
    clearInterval(timer)
  }
}
