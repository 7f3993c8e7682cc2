using System.CommandLine;
using System.CommandLine.Parsing;
using Mlp.Tables.Inference;

namespace Mlp.Tool;

/// <summary>Finds options and commands that do not exist, and those that may have been meant.</summary>
internal static class Misspelling
{
    /// <summary>What is wrong with the first of them; null where there is none. The parser takes an unknown option for a file's
    /// name.</summary>
    /// <param name="parsed">Of the arguments.</param>
    /// <param name="args">As they were given.</param>
    public static string? Find(ParseResult parsed, IReadOnlyList<string> args)
    {
        Command command = parsed.CommandResult.Command;
        if (command is RootCommand && parsed.UnmatchedTokens is [{ } name, ..] && !name.StartsWith('-'))
            return $"Unknown command {name}{Meant(name, command.Subcommands.SelectMany(each => each.Aliases.Append(each.Name)))}";
        // Behind -- stand names of files alone.
        HashSet<string> files = [.. args.SkipWhile(arg => arg != "--")];
        var tokens = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value).Concat(parsed.UnmatchedTokens);
        string? unknown = args.FirstOrDefault(arg => arg.Length > 1 && arg[0] == '-' && tokens.Contains(arg) && !files.Contains(arg));
        if (unknown is null)
            return null;
        unknown = unknown.Split('=', ':')[0];
        var options = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive));
        return $"Unknown option {unknown}{Meant(unknown, options.SelectMany(option => option.Aliases.Append(option.Name)))}";
    }

    private static string Meant(string given, IEnumerable<string> known)
    {
        var (name, distance) = known.Select(each => (each, Distance: EditDistance.Between(given.ToLowerInvariant(), each)))
            .MinBy(each => each.Distance);
        return distance <= Math.Max(1, given.TrimStart('-').Length / 3) ? $"; did you mean {name}?" : ".";
    }
}
