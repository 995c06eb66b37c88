/** The day in the browser's time zone: at 06:30 on 1 December in Vladivostok it is 1 December, though not yet in UTC. */
export function dayHere(now: Date): string {
  const two = (part: number) => String(part).padStart(2, "0")
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
