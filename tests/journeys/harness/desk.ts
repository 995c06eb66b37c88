import { type Browser, type BrowserContext, type Locator, type Page } from "playwright-core"

/** The words a person looks for on the screen, as they read them. */
const WORDS = {
  en: {
    plan: /Joint Project Plan for Sustaining/,
    tabs: { text: "Text", priorities: "Priorities", roles: "Roles", costs: "Costs", signOff: "Sign-off" },
    modes: { read: "Read", draft: "Draft together", propose: /^Propose for (US|RF)$/ },
    saved: /^(On disk|Saved on disk.*)$/,
    notSaved: /^Not saved: /,
    clauseNotSaved: "Not saved yet",
    signOut: "Sign out",
    refusedTitle: "was closed while you were writing.",
    restoredTitle: "The plan was restored from a backup while you were writing",
    copyWords: "Copy the words",
    proposeInstead: "Propose it instead",
    putInAgain: "Put them in again",
    consent: /^Consent to/,
    newClause: /New clause after 17\.6/,
    consentNew: /^Consent to US clause/,
    wordsMoved: "Until we hold it over today’s words",
    withdraw: /^Withdraw ours/,
    openDraft: /^Open our draft/,
    prepare: /^Prepare to table/,
    tableIt: "Table it as releasing officer",
    unpark: /^Take up again/,
    liftReserve: /^Lift reserve/,
    fill: /^Fill in/,
    fillEn: "Words in English",
    fillRu: "Words in Russian",
    fillDo: "Fill in both texts",
    reason: "Reason",
    comment: /^Comment/,
    commentText: "Comment",
    sendShared: "Send to both delegations",
    attest: /^Attest \d+$/,
    adref: /^Agree \d+ ad referendum$/,
    agree: /^Agree \d+$/,
    freeze: /^Freeze version/,
    sign: "Sign",
    signDo: /^Sign version/,
    download: "Download the pack",
  },
  ru: {
    plan: /План совместного проекта/,
    tabs: { text: "Текст", priorities: "Приоритеты", roles: "Полномочия", costs: "Расходы", signOff: "Заверение" },
    modes: { read: "Чтение", draft: "Совместная правка", propose: /^Предложение (США|РФ)$/ },
    saved: /^(На диске|Сохранено на диске.*)$/,
    notSaved: /^Не сохранено: /,
    clauseNotSaved: "Еще не сохранено",
    signOut: "Выйти",
    refusedTitle: "закрыли, пока вы писали.",
    restoredTitle: "План восстановили из резервной копии, пока вы писали",
    copyWords: "Скопировать слова",
    proposeInstead: "Предложить вместо правки",
    putInAgain: "Внести снова",
    consent: /^(Принять|Согласиться)/,
    newClause: /пункт после 17\.6/,
    consentNew: /^Принять пункт США/,
    wordsMoved: "Пока мы не",
    withdraw: /^Отозвать наше/,
    openDraft: /^Открыть наш проект/,
    prepare: /^Подготовить к внесению/,
    tableIt: /^Внести как уполномоченный/,
    unpark: /^Вернуть к рассмотрению/,
    liftReserve: /^Снять резервирование/,
    fill: /^Заполнить/,
    fillEn: "Слова на английском",
    fillRu: "Слова на русском",
    fillDo: "Внести в оба текста",
    reason: "Причина",
    comment: /^Замечание/,
    commentText: "Замечание",
    sendShared: "Направить обеим делегациям",
    attest: /^Подтвердить: \d+$/,
    adref: /^Согласовать ad referendum: \d+$/,
    agree: /^Согласовать: \d+$/,
    freeze: /^Зафиксировать версию/,
    sign: "Заверить",
    signDo: /^Заверить версию/,
    download: "Скачать пакет",
  },
} as const

export type Tab = keyof (typeof WORDS)["en"]["tabs"]

/** One delegation at its screen: a browser of its own, in its own language; seats are changed by signing out and in. */
export class Desk {
  readonly words: (typeof WORDS)["en"] | (typeof WORDS)["ru"]
  /** what the page complained of; a journey ends with none */
  readonly complaints: string[] = []

  private constructor(
    readonly url: string,
    readonly lang: "en" | "ru",
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.words = WORDS[lang]
    page.on("pageerror", (error) => this.complaints.push(error.message))
  }

  static async open(browser: Browser, url: string, lang: "en" | "ru"): Promise<Desk> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 960 },
      locale: lang === "en" ? "en-US" : "ru-RU",
      acceptDownloads: true,
    })
    return Desk.another(context, url, lang)
  }

  /** One more tab of a browser that is there already: the same person, the same storage. */
  static async another(context: BrowserContext, url: string, lang: "en" | "ru"): Promise<Desk> {
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return new Desk(url, lang, context, page)
  }

  /** From the sign-in page, by one click on a seat, to the plan. */
  async takeSeat(email: string): Promise<void> {
    await this.page.goto(`${this.url}/sign-in`)
    await this.page.getByRole("button", { name: email }).click()
    await this.page.getByRole("link", { name: this.words.plan }).first().click()
    await this.page.locator("[data-clause='preamble.c1']").waitFor()
  }

  /** Straight to the demo plan: whoever is signed in in this browser. */
  async openPlan(): Promise<void> {
    await this.page.goto(`${this.url}/plans/demo`)
    await this.clause("preamble.c1").waitFor()
  }

  async leaveSeat(): Promise<void> {
    await this.page.locator("button.user-menu").click()
    await this.page.getByRole("menuitem", { name: this.words.signOut }).click()
    await this.page.getByRole("button", { name: "head@us.example" }).waitFor()
  }

  async go(tab: Tab): Promise<void> {
    await this.page.getByRole("link", { name: this.words.tabs[tab], exact: true }).click()
  }

  clause(id: string): Locator {
    return this.page.locator(`[data-clause='${id}']`)
  }

  text(id: string, lang: "en" | "ru"): Locator {
    return this.clause(id).locator(`.tx.${lang}`)
  }

  /** Brings a clause to the middle of the page and makes it the active one. */
  async focus(id: string): Promise<Locator> {
    const clause = this.clause(id)
    const active = this.page.locator(`[data-clause='${id}'][aria-current='true']`).first()
    await clause.scrollIntoViewIfNeeded()
    await clause.locator(".cn").click()
    // a person sees which one has become active before the next key, and clicks again where the page moved under the hand
    const missed = await active.waitFor({ timeout: 3000 }).then(
      () => false,
      () => true,
    )
    if (missed) await clause.locator(".cn").click()
    await active.waitFor()
    return clause
  }

  /** Chooses who reads the next keystroke, as by a click in the bar. */
  async choose(mode: "read" | "draft" | "propose"): Promise<void> {
    const button = this.mode(mode)
    if ((await button.getAttribute("aria-pressed")) !== "true") await button.click()
    await this.page.locator(`.medge.m-${mode}`).waitFor()
  }

  mode(mode: "read" | "draft" | "propose"): Locator {
    return this.page.getByRole("button", { name: this.words.modes[mode], exact: true })
  }

  /** Types at the end of a clause's text, as a person does: click into it, End, type. */
  async type(id: string, lang: "en" | "ru", words: string): Promise<void> {
    await this.choose("draft")
    await this.focus(id)
    await this.text(id, lang).getByRole("textbox").click()
    await this.text(id, lang).locator("[contenteditable=true]").waitFor()
    // no hand is faster from the mouse to the keys; the browser tells of a click's caret a moment after the click
    await this.page.waitForTimeout(150)
    await this.page.keyboard.press("Control+End")
    await this.page.keyboard.type(words)
  }

  /** Selects the first words of a text with the mouse, as one does before commenting on them. */
  async selectWords(id: string, lang: "en" | "ru"): Promise<void> {
    await this.focus(id)
    const box = await this.text(id, lang).getByRole("textbox").boundingBox()
    if (!box) throw new Error(`${id} ${lang} is not on the screen`)
    await this.page.mouse.move(box.x + 3, box.y + 12)
    await this.page.mouse.down()
    await this.page.mouse.move(box.x + 160, box.y + 12, { steps: 6 })
    await this.page.mouse.up()
  }

  async saved(): Promise<void> {
    await this.page.getByText(this.words.saved).first().waitFor()
  }

  /** The button of a clause's acts; `which` when there are several of the kind. */
  async press(id: string, name: string | RegExp, which: "first" | "last" = "first"): Promise<void> {
    const clause = await this.focus(id)
    const buttons = clause.getByRole("button", { name })
    await (which === "first" ? buttons.first() : buttons.last()).click()
  }

  async shows(locator: Locator, words: string | RegExp): Promise<void> {
    await locator.filter({ hasText: words }).first().waitFor()
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path })
  }
}
