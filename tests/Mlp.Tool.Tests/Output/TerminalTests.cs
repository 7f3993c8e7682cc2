using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Output;

public class TerminalTests
{
    [Fact]
    public void ControlCharactersOfAFile_DoNotReachTheTerminal()
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var terminal = new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false);
        terminal.Detail("a\u001b[31mb\r\nc");
        terminal.Heading("d\u0007");
        terminal.Warning("e\u009b");
        Assert.Equal("a?[31mb  c\n\nd?\n", output.ToString());
        Assert.Equal("warning: e?\n", error.ToString());
    }

    [Fact]
    public void TextTable_AlignsNumbersRight()
    {
        var table = new TextTable(false, true);
        table.Add("name", "count");
        table.Add("x", "7");
        Assert.Equal(["  name  count", "  x         7"], table.Lines());
    }

    [Theory]
    [InlineData(0.84, "0.8 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(185, "3:05 min")]
    [InlineData(3729, "1:02:09 h")]
    public void Time_IsReadable(double seconds, string expected) => Assert.Equal(expected, Figures.Time(seconds));
}
