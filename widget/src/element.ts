import { Api } from './api'
import { Chat } from './chat'
import { Conversation } from './conversation'
import { frameOf, type Frame } from './frame'
import { onPaper, saveText } from './paper'
import { settingsOf } from './settings'
import { stringsFor, type Strings } from './strings'
import { dress } from './styles'
import { TokenStore } from './token'
import { transcript } from './transcript'
import { fitToKeyboard, isSmall } from './window'

/**
 * `<patient-faq-chat>`: a button, and behind it a conversation with the patient FAQ
 * assistant. The page's script line creates one; a page may also place it itself.
 *
 * Attributes (all optional, read when the element enters the page):
 * `data-server` address of the website channel, `data-lang`, `data-dir`, `data-title`
 * heading of the panel, `data-phone` the clinic's number, `data-privacy` address of its
 * privacy policy, `data-position="start"` puts the button at the other side.
 *
 * Nothing is requested and nothing stored before the patient opens it for the first
 * time. Then the tab keeps the conversation's token, and nothing else.
 */
export class PatientFaqChat extends HTMLElement {
  private frame: Frame | null = null
  private chat: Chat | null = null
  private strings: Strings | null = null
  private release: (() => void)[] = []

  connectedCallback(): void {
    if (!this.frame) this.build()
    this.release = [
      onPaper(this.shadowRoot ?? this, () => this.isOpen),
      fitToKeyboard(this),
      listen(document, 'keydown', (event) => this.onKey(event as KeyboardEvent)),
      listen(window, 'resize', () => this.isOpen && this.show()),
    ]
  }

  disconnectedCallback(): void {
    this.release.forEach((release) => release())
  }

  /** Whether the conversation is on the screen. */
  get isOpen(): boolean {
    return !!this.frame?.dialog.open
  }

  /** Opens the conversation and puts the focus into the question box. */
  open(): void {
    if (!this.frame || this.isOpen) return
    this.show()
    this.frame.launcher.hidden = true
    this.frame.input.focus()
    this.chat?.toLastAnswer()
    void this.chat?.load()
  }

  /** Closes it; the focus goes back to the button, where it was inside. */
  close(): void {
    if (!this.frame || !this.isOpen) return
    const inside = document.activeElement === this
    this.frame.launcher.hidden = false
    this.frame.dialog.close()
    if (inside) this.frame.launcher.focus()
  }

  private build(): void {
    const settings = settingsOf(this)
    const { strings, language } = stringsFor(settings.lang)
    const root = this.attachShadow({ mode: 'open' })
    const frame = frameOf(strings, settings)
    const conversation = new Conversation(new Api(settings.base), new TokenStore(settings.base))
    dress(root)
    frame.region.lang = language
    frame.region.dir = settings.dir
    root.append(frame.region)
    this.frame = frame
    this.strings = strings
    this.chat = new Chat(frame, conversation, strings, language, settings)
    this.wire(frame, this.chat)
  }

  private wire(frame: Frame, chat: Chat): void {
    const ask = (): void => void chat.ask({ text: frame.input.value.trim() })
    const confirming = (asked: boolean, focus: HTMLElement): void => {
      frame.confirm.hidden = !asked
      focus.focus()
    }
    listen(frame.launcher, 'click', () => this.open())
    listen(frame.close, 'click', () => this.close())
    // Android's back gesture closes a dialog without any key.
    listen(frame.dialog, 'cancel', (event) => {
      event.preventDefault()
      this.close()
    })
    // A second back gesture closes without asking.
    listen(frame.dialog, 'close', () => (frame.launcher.hidden = frame.dialog.open))
    listen(frame.form, 'submit', (event) => {
      event.preventDefault()
      ask()
    })
    listen(frame.input, 'keydown', (event) => {
      const { key, shiftKey, isComposing } = event as KeyboardEvent
      if (key !== 'Enter' || shiftKey || isComposing) return
      event.preventDefault()
      ask()
    })
    listen(frame.print, 'click', () => window.print())
    listen(frame.save, 'click', () => this.save())
    listen(frame.startAgain, 'click', () => confirming(true, frame.confirmNo))
    listen(frame.confirmNo, 'click', () => confirming(false, frame.startAgain))
    listen(frame.confirmYes, 'click', () => {
      confirming(false, frame.input)
      void chat.startAgain()
    })
  }

  private save(): void {
    if (!this.chat || !this.strings) return
    const today = new Date()
    const date = today.toLocaleDateString(this.frame?.region.lang, { dateStyle: 'long' })
    const name = `${this.strings.transcriptFile}-${today.toISOString().slice(0, 10)}.txt`
    saveText(name, transcript(this.chat.turns, this.strings, date))
  }

  /** Esc closes from everywhere: the open panel may cover what has the focus on the page. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.isOpen) return
    event.preventDefault()
    this.close()
  }

  /**
   * Beside the page where there is room. Where the panel covers the page it is modal,
   * so that the keyboard does not wander behind it, and the tools leave their place to
   * the words: they wait at the end of the conversation.
   */
  private show(): void {
    const { dialog, scroller, tools } = this.frame as Frame
    const small = isSmall(this)
    if (dialog.open && dialog.classList.contains('full') === small) return
    const focused = this.shadowRoot?.activeElement
    if (dialog.open) dialog.close()
    dialog.classList.toggle('full', small)
    if (small) scroller.append(tools)
    else scroller.after(tools)
    if (small) dialog.showModal()
    else dialog.show()
    if (focused instanceof HTMLElement) focused.focus()
  }
}

function listen(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}
