using System.CommandLine;
using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary>The options that describe a file, for what cannot be inferred.</summary>
internal sealed class TableArguments
{
    private readonly Option<string?> _separator = new("--separator")
    {
        Description = "Between fields: a character, or tab, comma, semicolon, bar.",
        HelpName = "character",
    };

    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first line is a row; columns are called column1, column2 and so on.",
    };

    private readonly Option<bool> _header = new("--header") { Description = "The first line holds the names of the columns." };

    public void AddTo(Command command)
    {
        command.Add(_separator);
        command.Add(_header);
        command.Add(_noHeader);
    }

    /// <exception cref="ToolException">The separator is no character, or both header options are given.</exception>
    public TableOptions Read(ParseResult result)
    {
        if (result.GetValue(_header) && result.GetValue(_noHeader))
            throw new ToolException(ExitCode.Usage, "--header and --no-header contradict each other. Leave one out.");
        return new TableOptions
        {
            Names = OptionNames.CommandLine,
            Separator = ReadSeparator(result.GetValue(_separator)),
            HasHeader = result.GetValue(_header) ? true : result.GetValue(_noHeader) ? false : null,
        };
    }

    private static char? ReadSeparator(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        "comma" => ',',
        "semicolon" => ';',
        "bar" => '|',
        { Length: 1 } single when SeparatorNames.Allowed.Contains(single[0]) => single[0],
        _ => throw new ToolException(ExitCode.Usage, $"--separator {text}: it can be {AllowedSeparators}."),
    };

    private static string AllowedSeparators => string.Join(", ", SeparatorNames.Allowed.ToArray().Select(SeparatorNames.Describe));
}
