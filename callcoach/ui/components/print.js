// A button that opens the browser's own printing, where the sheet can be kept as PDF too.

export default function (component) {
  const { data, parentElement } = component
  parentElement.querySelectorAll(".cc-print").forEach((old) => old.remove())
  const box = node("div", "cc cc-print")
  box.append(button("cc-button cc-strong", data.label, () => window.print()))
  parentElement.append(box)
  return () => box.remove()
}
