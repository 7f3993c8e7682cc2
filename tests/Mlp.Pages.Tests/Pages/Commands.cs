using System.Text.RegularExpressions;

namespace Mlp.Pages.Tests.Pages;

/// <summary>
/// What is wrong with a command line of a page, as far as the repository can tell: projects, the programs' verbs and options, names in test
/// filters and environment variables must occur in the sources.
/// </summary>
internal static partial class Commands
{
    private static readonly string[] DotnetVerbs =
        ["run", "test", "build", "pack", "publish", "restore", "format", "add", "list", "tool", "new"];

    private static readonly string[] DotnetOptions =
        ["-c", "-o", "--project", "--filter", "--logger", "--vulnerable", "--include-transitive", "--interactive", "--use-current-runtime",
            "--self-contained", "--no-self-contained",
            "--verify-no-changes", "--diagnostics", "--add-source", "--global", "--source"];

    /// <summary>The complaints; none for a command in order.</summary>
    public static IEnumerable<string> Problems(string command)
    {
        // What follows a number sign is a comment.
        string[] words = [.. Word().Matches(command.Split(" #")[0]).Select(match => match.Value.Replace("\"", ""))];
        int start = Array.FindIndex(words, word => !Assignment().IsMatch(word));
        foreach (string variable in words[..start].Select(word => word.Split('=')[0]))
        {
            if (!AllSources().Any(source => source.Contains($"\"{variable}\"")))
                yield return $"no source reads the environment variable {variable}";
        }
        words = words[start..];
        IEnumerable<string> problems = words[0] switch
        {
            "dotnet" => OfDotnet(words[1..]),
            "mlp" => OfProgram("src/Mlp.Tool", words[1..]),
            "cd" or "git" => [],
            "./check" => words[1..].Where(name => !Directory.Exists(Repository.Path($"tests/{name}.Tests")))
                .Select(name => $"./check {name}: there is no tests/{name}.Tests"),
            _ when words[0].StartsWith(".ci/", StringComparison.Ordinal) && File.Exists(Repository.Path(words[0])) => [],
            _ => [$"{words[0]} is no program known here"],
        };
        foreach (string problem in problems)
            yield return problem;
    }

    private static IEnumerable<string> OfDotnet(string[] words)
    {
        int separator = Array.IndexOf(words, "--");
        string[] own = separator < 0 ? words : words[..separator];
        if (!DotnetVerbs.Contains(own[0]))
            yield return $"dotnet {own[0]} is not in the list of verbs";
        foreach (string option in own.Where(
            word => word.StartsWith('-') && !word.StartsWith("-p:", StringComparison.Ordinal) && !DotnetOptions.Contains(word)))
            yield return $"dotnet {own[0]} {option} is not in the list of options";
        if (own[0] is not ("run" or "test" or "build" or "pack"))
            yield break;
        int projectAt = Array.IndexOf(own, "--project");
        string project = projectAt >= 0 ? own[projectAt + 1] : own.ElementAtOrDefault(1) is { } second && !second.StartsWith('-')
            ? second : ".";
        if (!Directory.Exists(Repository.Path(project))
            || (project != "." && Directory.GetFiles(Repository.Path(project), "*.csproj").Length != 1))
        {
            yield return $"{project} has no project";
            yield break;
        }
        int filterAt = Array.IndexOf(own, "--filter");
        if (filterAt >= 0)
        {
            string name = own[filterAt + 1].Split('~', '.')[^1];
            if (!Sources(project == "." ? "tests" : project).Any(source => source.Contains(name)))
                yield return $"no test of {project} is named like {name}";
        }
        if (separator < 0)
            yield break;
        foreach (string problem in OfProgram(project, words[(separator + 1)..]))
            yield return problem;
    }

    /// <summary>Options, and a verb before them, stand between quotes in the program's source.</summary>
    private static IEnumerable<string> OfProgram(string project, string[] words)
    {
        string[] sources = [.. Sources(project)];
        if (sources.Length == 0)
            yield return $"{project} has no sources";
        for (int index = 0; index < words.Length; index++)
        {
            bool isVerb = index == 0 && VerbWord().IsMatch(words[0]);
            if (words[index] is not ("--help" or "--version") && (words[index].StartsWith('-') || isVerb)
                && !sources.Any(source => source.Contains($"\"{words[index]}\"")))
                yield return $"{project} does not know {words[index]}";
        }
    }

    private static IEnumerable<string> AllSources() => Sources("src").Concat(Sources("tests"));

    private static IEnumerable<string> Sources(string folder) => !Directory.Exists(Repository.Path(folder)) ? [] :
        Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")).Select(File.ReadAllText);

    [GeneratedRegex("(?:[^\\s\"]|\"[^\"]*\")+")]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Z_]+=")]
    private static partial Regex Assignment();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex VerbWord();
}
