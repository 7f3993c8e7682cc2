using System.CommandLine;
using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary>The arguments that say where a table comes from: files, or a query.</summary>
/// <param name="description">Of the files.</param>
internal sealed class DataArguments(string description)
{
    /// <summary>Holds a connection string where that of the command line could be read by others.</summary>
    private const string ConnectionVariable = "MLP_CONNECTION";

    private readonly Argument<string[]> _data = new("data") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string?> _sql = new("--sql")
    {
        Description = "A query that gives the table, in the place of files; with ORDER BY, so that its rows keep their order.",
        HelpName = "select ...",
    };

    private readonly Option<string?> _connection = new("--connection")
    {
        Description =
            "The database of --sql: an SQLite file, or Host=...;Database=...;Username=... for PostgreSQL "
                + $"[default: the variable {ConnectionVariable}].",
        HelpName = "database",
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_sql);
        command.Add(_connection);
    }

    /// <exception cref="ToolException">There are files and a query, or neither, or no database.</exception>
    /// <exception cref="TableException">No file has a name of the pattern.</exception>
    public DataRequest Read(ParseResult result)
    {
        string[] given = result.GetValue(_data) ?? [];
        string? sql = result.GetValue(_sql), connection = result.GetValue(_connection);
        if (sql is null)
        {
            if (connection is not null)
                throw new ToolException(ExitCode.Usage, "--connection names a database, but no query. Give --sql \"select ...\".");
            if (given.Length == 0)
                throw new ToolException(ExitCode.Usage, "There is no table. Give a file, or --sql with --connection.");
            return new DataRequest(
                [.. given.SelectMany(path => path == OutputFile.Standard ? [path] : TableFile.FilesOf(path))], Query: null);
        }
        if (given.Length > 0)
            throw new ToolException(ExitCode.Usage, $"--sql and {given[0]} contradict each other: one of them gives the table.");
        connection ??= Environment.GetEnvironmentVariable(ConnectionVariable);
        return string.IsNullOrEmpty(connection)
            ? throw new ToolException(
                ExitCode.Usage, $"--sql needs a database. Give --connection, or set the variable {ConnectionVariable}.")
            : new DataRequest([], new DatabaseQuery(sql, connection));
    }

    /// <summary>The text of a command without what may be a password.</summary>
    public string WithoutConnection(ParseResult result, string token) => token == result.GetValue(_connection) ? "..." : token;
}
