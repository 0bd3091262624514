/**
 * Kills, holds and starts the real servers; see launch/server_switch.py.
 *
 * @param server "rasa" or "actions".
 * @param order "start" (ready when it resolves), "kill", "hold" or "go_on".
 */
export async function order(server, order) {
  const { ok, status } = await fetch(`${process.env.SWITCH_URL}/${server}/${order}`, { method: 'POST' })
  if (!ok) throw new Error(`${server} did not ${order} (${status})`)
}
