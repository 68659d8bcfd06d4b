// The list of calls. A title is a real link (it can be opened in a new tab and copied); a plain click
// opens the call in this visit, without loading the page again.

const node = (name, className, text) => {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  parentElement.querySelectorAll(".cc-calls").forEach((old) => old.remove())
  const list = node("ul", "cc cc-calls")
  for (const row of data.rows) {
    const item = node("li", "cc-call")
    const link = node("a", "cc-call-title", row.title)
    link.href = `call?call=${encodeURIComponent(row.id)}`
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      setTriggerValue("opened", row.id)
    })
    item.append(link)
    const facts = node("div", "cc-call-facts")
    for (const fact of row.facts) facts.append(node("span", fact.todo ? "cc-tag" : "cc-fact", fact.text))
    item.append(facts)
    list.append(item)
  }
  parentElement.append(list)
  return () => list.remove()
}
