// The list of calls. A title is a real link (it can be opened in a new tab and copied); a plain click
// opens the call in this visit, without loading the page again.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  parentElement.querySelectorAll(".cc-calls").forEach((old) => old.remove())
  const list = node("ul", "cc cc-calls")
  for (const row of data.rows) {
    const item = node("li", "cc-call")
    const opens = (link, time_s) => {
      const at = time_s === undefined ? "" : `&t=${second(time_s)}`
      link.href = `call?call=${encodeURIComponent(row.id)}${at}`
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        setTriggerValue("opened", { call: row.id, t: time_s === undefined ? null : second(time_s) })
      })
      return link
    }
    item.append(opens(node("a", "cc-call-title", row.title)))
    const facts = node("div", "cc-call-facts")
    for (const fact of row.facts) facts.append(node("span", fact.todo ? "cc-tag" : "cc-fact", fact.text))
    item.append(facts)
    for (const snippet of row.snippets || []) {
      const link = opens(node("a", "cc-snippet"), snippet.start_s === null ? undefined : snippet.start_s)
      link.append(node("span", "cc-at", snippet.at), " ", node("span", "cc-who", snippet.who), " ")
      snippet.parts.forEach(([text, hit]) => link.append(hit ? node("mark", "", text) : text))
      item.append(link)
    }
    list.append(item)
  }
  parentElement.append(list)
  return () => list.remove()
}
