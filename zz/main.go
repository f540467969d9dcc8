package main

import (
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/tui/keys"
	"culprit/tui/screen/wizard"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

type m struct{ z *wizard.Wizard; foot string }

func (m m) Init() tea.Cmd { return nil }
func (m m) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch k := msg.(type) {
	case tea.WindowSizeMsg:
		m.z.Resize(k.Width, k.Height-2)
	case tea.KeyPressMsg:
		switch k.String() {
		case "ctrl+c":
			return m, tea.Quit
		case "f2":
			m.z.Begin("Create order", screentest.OrderCase())
			for _, e := range screentest.OrderHalf() { m.z.Update(e) }
		case "f3":
			m.z.Update(wizard.Asked{Question: screentest.OrderConsent()})
		case "f4":
			m.z.Update(wizard.Asked{Question: screentest.OrderPrompt()})
		case "f5":
			m.z.Update(wizard.Asked{Question: screentest.OrderChoice()})
		case "f6":
			for _, e := range screentest.OrderEnd() { m.z.Update(e) }
			m.z.Update(wizard.Finished{Report: screentest.OrderIsolated()})
		case "f7":
			m.z.Update(wizard.Finished{Report: screentest.OrderInconclusive()})
		case "f8":
			m.z.Begin("Create order", screentest.OrderCase())
			m.z.Update(diagnose.Event{Step: &diagnose.StepResult{Step: "reproduce", Result: "running"}})
			m.z.Update(wizard.Finished{Report: screentest.OrderPassing()})
		default:
			m.z.Update(k)
		}
	}
	return m, nil
}
func (m m) View() tea.View {
	var b []string
	for _, k := range m.z.Keys() { b = append(b, k.Help().Key+" "+k.Help().Desc) }
	v := tea.NewView(m.z.View() + "\n\n " + strings.Join(b, "  "))
	v.AltScreen = true
	v.Cursor = m.z.Cursor()
	return v
}
func main() {
	c := theme.Choice{}
	for _, a := range os.Args[1:] {
		switch a { case "light": c.Light = true; case "none": c.Depth = theme.Colourless; case "ascii": c.ASCII = true; case "16": c.Depth = theme.Sixteen }
	}
	z := wizard.New(theme.New(c), keys.Default())
	z.Begin("Create order", screentest.OrderCase())
	tea.NewProgram(m{z: z}).Run()
}
