using System.CommandLine;
using System.Text.Json.Nodes;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary>One of the commands.</summary>
internal abstract class ToolCommand
{
    /// <summary>Its name, arguments and options.</summary>
    public abstract Command Definition { get; }

    /// <summary>Does the work.</summary>
    /// <param name="result">The values of arguments and options.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="document">What it is to say as JSON, filled in as it becomes known.</param>
    /// <param name="cancellationToken">Asks it to end with what it has.</param>
    public abstract ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken);
}
