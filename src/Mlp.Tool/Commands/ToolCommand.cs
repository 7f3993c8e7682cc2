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
    /// <param name="document">The JSON document, filled in as results become known.</param>
    /// <param name="cancellationToken">Asks the command to stop and to keep its results so far.</param>
    public abstract ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken);
}
