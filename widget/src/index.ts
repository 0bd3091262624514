/** What the one script line does: defines the element and puts one on the page. */
import { PatientFaqChat } from './element'
import { OPTIONS } from './settings'

const NAME = 'patient-faq-chat'

// Only while the script runs does the page know which one it is.
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null

/** Puts the element at the end of the page, unless the clinic has placed one itself. */
function place(): void {
  const element = document.querySelector<PatientFaqChat>(NAME) ?? document.createElement(NAME)
  for (const option of OPTIONS) {
    const value = script?.dataset[option]
    if (value !== undefined) element.dataset[option] ??= value
  }
  if (script) element.dataset['server'] ??= new URL('.', script.src).href
  if (!customElements.get(NAME)) customElements.define(NAME, PatientFaqChat)
  if (!element.isConnected) document.body.append(element)
}

if (document.body) place()
else addEventListener('DOMContentLoaded', place)
