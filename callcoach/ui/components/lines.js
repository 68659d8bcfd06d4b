// The transcript: one button a line, of which one can be reached with the Tab key and the rest with
// arrows; a search among the words; and a panel under a line to correct it or to say something about it.

const LINES_DRAWN = 1000
const LEAVE_ALONE_MS = 4000

// Words with what was looked for marked, built of text nodes.
const withMarks = (target, text, wanted) => {
  target.replaceChildren()
  if (!wanted) {
    target.textContent = text
    return
  }
  const low = text.toLowerCase()
  let from = 0
  for (let found = low.indexOf(wanted); found >= 0; found = low.indexOf(wanted, from)) {
    target.append(text.slice(from, found), node("mark", "", text.slice(found, found + wanted.length)))
    from = found + wanted.length
  }
  target.append(text.slice(from))
}

function drawLines(data, seek, on, canPlay, ask) {
  const box = node("div", "cc-transcript")
  if (!data.lines.length) {
    box.append(node("p", "cc-note", data.no_lines))
    return { element: box, at() {}, show() {}, step() {}, open() {}, search() {} }
  }
  const top = node("div", "cc-transcript-top")
  const follow = node("input")
  const label = node("label", "cc-follow")
  follow.type = "checkbox"
  follow.checked = true
  label.append(follow, " follow while playing")
  const finding = node("div", "cc-find")
  const field = node("input", "cc-field")
  field.type = "search"
  field.placeholder = "Find in this call ( / )"
  field.setAttribute("aria-label", "Find words in this call")
  const found = node("span", "cc-small cc-quiet")
  found.setAttribute("role", "status")
  finding.append(field, found)
  top.append(node("h2", "cc-heading", "Transcript"), finding, canPlay ? label : "")
  const list = node("ol", "cc-lines")
  const earlier = button("cc-shift", "Earlier lines")
  const later = button("cc-shift", "Later lines")
  box.append(top, earlier, list, later)

  // A long call is drawn in part: the lines around where one is.
  let rows = []
  let from = 0
  let wanted = ""
  let panelAt = -1
  const drawAround = (index) => {
    from = Math.max(0, Math.min(index - (LINES_DRAWN >> 1), data.lines.length - LINES_DRAWN))
    const shown = data.lines.slice(from, from + LINES_DRAWN)
    rows = shown.map(drawLine)
    list.replaceChildren(...rows.map((row) => row.parentElement))
    list.start = from + 1
    earlier.hidden = from === 0
    later.hidden = from + LINES_DRAWN >= data.lines.length
    rowOf(reached)?.setAttribute("tabindex", "0")
    rowOf(now)?.setAttribute("aria-current", "true")
  }
  const rowOf = (index) => rows[index - from]
  const rowAt = (index) => {
    if (!rowOf(index)) drawAround(index)
    return rowOf(index)
  }
  const drawLine = (line, place) => {
    const speaker = data.speakers[line.who]
    const item = node("li", speaker.ours ? "cc-item cc-ours" : "cc-item")
    const row = button("cc-line")
    row.tabIndex = -1
    row.dataset.index = from + place
    row.append(node("span", "cc-who", speaker.name), node("span", "cc-at", line.at))
    const text = node("span", "cc-text")
    withMarks(text, line.text, wanted)
    row.append(text)
    for (const note of line.notes) row.append(node("span", "cc-line-note", note))
    if (line.start_s === null || !canPlay) row.classList.add("cc-silent")
    item.append(row)
    if (ask) {
      const more = button("cc-more-button", "⋯", () => open(from + place), "Correct or comment on this line")
      more.tabIndex = -1
      item.append(more)
    }
    return row
  }
  on(list, "click", (event) => {
    const row = event.target.closest(".cc-line")
    if (!row) return
    const index = Number(row.dataset.index)
    choose(index)
    if (data.lines[index].start_s !== null) seek(data.lines[index].start_s)
    highlight(index)
  })
  on(earlier, "click", () => turnTo(from))
  on(later, "click", () => turnTo(from + rows.length - 1))
  const turnTo = (index) => {
    drawAround(index)
    leaveAlone()
    scrollTo(rowOf(index))
    rowOf(index).focus({ preventScroll: true })
    choose(index)
  }

  let now = -1
  let reached = 0
  const choose = (index) => {
    const row = rowAt(index)
    rowOf(reached)?.setAttribute("tabindex", "-1")
    reached = index
    row.tabIndex = 0
  }
  // Whoever scrolls by hand is left alone for a while.
  let leftAloneUntil = 0
  const leaveAlone = () => (leftAloneUntil = Date.now() + LEAVE_ALONE_MS)
  for (const name of ["wheel", "touchmove"]) on(list, name, leaveAlone, { passive: true })
  const scrollTo = (row) => {
    const item = row.parentElement
    const place = item.offsetTop - list.offsetTop
    if (place < list.scrollTop || place + item.offsetHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = place - list.clientHeight / 3
  }
  const highlight = (index) => {
    if (index === now) return
    rowOf(now)?.removeAttribute("aria-current")
    rowOf(index)?.setAttribute("aria-current", "true")
    now = index
  }
  const starts = data.lines.map((line, index) => [line.start_s, index]).filter(([start]) => start !== null)
  const at = (time_s) => {
    // The last line that has begun; of lines that begin together the later one.
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle][0] <= time_s + 0.05) low = middle + 1
      else high = middle
    }
    if (low === 0) return
    highlight(starts[low - 1][1])
    if (follow.checked && panelAt < 0 && Date.now() > leftAloneUntil) scrollTo(rowAt(now))
  }
  const go = (index, { focus = true } = {}) => {
    choose(index)
    scrollTo(rowOf(index))
    if (focus) rowOf(index).focus({ preventScroll: true })
  }
  const show = (turn) => {
    const index = data.lines.findIndex((line) => line.turn === turn)
    if (index < 0) return
    highlight(index)
    go(index)
    list.scrollIntoView({ block: "nearest" })
  }
  const step = (by) => {
    const from_here = document.activeElement === rowOf(reached) ? reached + by : reached
    go(Math.min(data.lines.length - 1, Math.max(0, from_here)))
  }

  // Search: every hit is marked, Enter goes from one to the next.
  let hits = []
  let hit = -1
  on(field, "input", () => {
    wanted = field.value.trim().toLowerCase()
    hits = wanted ? data.lines.flatMap((line, i) => (line.text.toLowerCase().includes(wanted) ? [i] : [])) : []
    hit = -1
    found.textContent = wanted ? (hits.length ? `${hits.length} ${hits.length === 1 ? "line" : "lines"}` : "not said") : ""
    rows.forEach((row, place) => withMarks(row.querySelector(".cc-text"), data.lines[from + place].text, wanted))
    if (hits.length) nextHit(1)
  })
  const nextHit = (by) => {
    hit = (hit + by + hits.length) % hits.length
    found.textContent = `${hit + 1} of ${hits.length}`
    leaveAlone()
    go(hits[hit], { focus: false })
    highlight(hits[hit])
  }
  on(field, "keydown", (event) => {
    if (event.key === "Enter" && hits.length) nextHit(event.shiftKey ? -1 : 1)
    else if (event.key === "Escape") {
      field.value = ""
      field.dispatchEvent(new Event("input"))
      go(reached)
    } else return
    event.preventDefault()
  })

  const close = () => {
    list.querySelector(".cc-panel")?.remove()
    panelAt = -1
  }
  const open = (index = reached) => {
    const again = panelAt === index
    close()
    if (again || !ask) return go(index)
    go(index)
    panelAt = index
    const panel = drawPanel(data, data.lines[index], ask, close)
    on(panel, "keydown", (event) => {
      if (event.key !== "Escape") return
      close()
      go(index)
      event.preventDefault()
    })
    rowOf(index).parentElement.append(panel)
    panel.querySelector("select, button, textarea")?.focus()
  }
  drawAround(0)
  return { element: box, at, show, step, open, search: () => field.focus() }
}

// Everything that can be said about one line.
function drawPanel(data, line, ask, close) {
  const panel = node("div", "cc-panel")
  const speaker = data.speakers[line.who]
  const row = (...parts) => {
    const made = node("div", "cc-panel-row")
    made.append(...parts)
    panel.append(made)
  }
  const send = (what) => {
    ask({ turn: line.turn, ...what })
    close()
  }
  if (data.behaviours.length) {
    const which = choice(speaker.ours ? "What you did here" : "What this shows", data.behaviours)
    row(
      node("span", "", speaker.ours ? "I did do this, here:" : "This shows:"),
      which,
      button("cc-button", "Mark it", () => send({ do: "add", behaviour: which.value })),
    )
  }
  const words = node("textarea", "cc-field")
  words.value = line.text
  words.rows = Math.min(5, 1 + Math.floor(line.text.length / 60))
  words.setAttribute("aria-label", "What was really said")
  row(words, button("cc-button", "Correct the words", () => send({ do: "words", text: words.value })))
  const others = data.speakers.filter((s) => s.label !== speaker.label)
  const who = choice("Who said this line", [
    ...others.map((s) => [`move:${s.label}`, `this line: ${s.name}`]),
    ["move:", "this line: somebody else"],
    ["split:", "from here on: somebody else"],
  ])
  row(node("span", "", "Said by:"), who, button("cc-button", "Change", () => {
    const [kind, ...rest] = who.value.split(":")
    send({ do: kind, speaker: rest.join(":") })
  }))
  const comment = node("input", "cc-field")
  comment.placeholder = "A comment at this second"
  comment.setAttribute("aria-label", "Comment on this line")
  row(comment, button("cc-button", "Comment", () => comment.value.trim() && send({ do: "comment", text: comment.value })))
  const link = button("cc-button", "Copy link to this second", () => {
    const address = new URL(window.location.href)
    address.search = new URLSearchParams({ call: data.call, ...(line.start_s === null ? {} : { t: second(line.start_s) }) })
    copyText(address.toString(), link)
  })
  row(link, button("cc-button", "Close", close))
  return panel
}
