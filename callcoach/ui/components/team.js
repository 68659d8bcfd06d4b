// People of a team, one line each; a name opens their sheet. A plain click stays in this visit.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  parentElement.querySelectorAll(".cc-team-box").forEach((old) => old.remove())
  const box = node("div", "cc cc-team-box")
  const table = node("table", "cc-team")
  const head = node("tr")
  for (const title of data.columns) {
    const cell = node("th", "", title)
    cell.scope = "col"
    head.append(cell)
  }
  table.append(node("thead"), node("tbody"))
  table.tHead.append(head)
  for (const row of data.rows) {
    const line = node("tr")
    row.cells.forEach((text, place) => {
      const cell = node(place ? "td" : "th", "", place ? text : "")
      cell.dataset.title = data.columns[place]
      if (!place) {
        cell.scope = "row"
        const link = node("a", "", text)
        link.href = `sheet?person=${encodeURIComponent(row.id)}`
        link.addEventListener("click", (event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          setTriggerValue("opened", row.id)
        })
        cell.append(link)
      }
      line.append(cell)
    })
    table.tBodies[0].append(line)
  }
  box.append(table)
  parentElement.append(box)
  return () => box.remove()
}
