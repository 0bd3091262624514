const SLOW_AFTER = 6_000
const GIVE_UP_AFTER = 20_000

/**
 * Runs a task that may be slow.
 *
 * @param task is told through the signal when it has taken too long.
 * @param slow is called once, when the patient has waited long enough to wonder.
 */
export async function withPatience<T>(
  task: (signal: AbortSignal) => Promise<T>,
  slow: () => void = () => {},
): Promise<T> {
  const controller = new AbortController()
  const timers = [setTimeout(slow, SLOW_AFTER), setTimeout(() => controller.abort(), GIVE_UP_AFTER)]
  try {
    return await task(controller.signal)
  } finally {
    timers.forEach(clearTimeout)
  }
}
