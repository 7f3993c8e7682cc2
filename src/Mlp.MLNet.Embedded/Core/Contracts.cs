using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Runtime;

/// <summary>Checks of arguments and state; each throws the exception type that ML.NET throws for that kind of fault.</summary>
internal static class Contracts
{
    private const string MarkKey = "ML_IsMarked";

    public static Exception Except(string message) => Except(null, message);

    public static Exception Except(this IExceptionContext? context, string message)
        => Note(context, new InvalidOperationException(message));

    public static Exception Except(this IExceptionContext? context, Exception inner, string message)
        => Note(context, new InvalidOperationException(message, inner));

    public static Exception ExceptParam(string name, string? message = null) => ExceptParam(null, name, message);

    public static Exception ExceptParam(this IExceptionContext? context, string name, string? message = null)
        => Note(context, new ArgumentOutOfRangeException(name, message));

    public static Exception ExceptUserArg(this IExceptionContext? context, string name, string? message = null)
        => ExceptParam(context, name, message);

    public static Exception ExceptValue(this IExceptionContext? context, string name, string message)
        => Note(context, new ArgumentNullException(name, message));

    public static Exception ExceptDecode(string? message = null) => ExceptDecode(null, message);

    public static Exception ExceptDecode(this IExceptionContext? context, string? message)
        => Note(context, message == null ? new FormatException() : new FormatException(message));

    public static Exception ExceptDecode(this IExceptionContext? context, Exception inner, string message)
        => Note(context, new FormatException(message, inner));

    public static Exception ExceptNotSupp(string message) => Note(null, new NotSupportedException(message));

    public static Exception ExceptSchemaMismatch(this IExceptionContext? context, string name, string role, string column)
        => ExceptParam(context, name, $"Could not find {role} column '{column}'");

    public static Exception ExceptSchemaMismatch(
        this IExceptionContext? context, string name, string role, string column, string expectedType, string actualType)
        => ExceptParam(context, name, $"Schema mismatch for {role} column '{column}': expected {expectedType}, got {actualType}");

    public static void Check(bool condition, string message = "Operation is not valid due to the current state of the object.")
        => Check(null, condition, message);

    public static void Check(
        this IExceptionContext? context, bool condition, string message = "Operation is not valid due to the current state of the object.")
    {
        if (!condition)
            throw Except(context, message);
    }

    public static void CheckParam(bool condition, string name, string? message = null) => CheckParam(null, condition, name, message);

    public static void CheckParam(this IExceptionContext? context, bool condition, string name, string? message = null)
    {
        if (!condition)
            throw ExceptParam(context, name, message);
    }

    public static void CheckUserArg(this IExceptionContext? context, bool condition, string name, string? message = null)
        => CheckParam(context, condition, name, message);

    public static void CheckValue([NotNull] object? value, string name) => CheckValue(null, value, name);

    public static void CheckValue(this IExceptionContext? context, [NotNull] object? value, string name)
    {
        if (value is null)
            throw Note(context, new ArgumentNullException(name));
    }

    public static void CheckNonEmpty([NotNull] string? value, string name) => CheckNonEmpty(null, value, name);

    public static void CheckNonEmpty(this IExceptionContext? context, [NotNull] string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            throw ExceptParam(context, name, $"{name} cannot be null or empty");
    }

    public static void CheckNonEmpty<T>(this IExceptionContext? context, [NotNull] T[]? value, string name)
    {
        if (value is null || value.Length == 0)
            throw ExceptParam(context, name, $"{name} cannot be null or empty");
    }

    /// <summary>For what is read from a file.</summary>
    public static void CheckDecode(bool condition, string message = "Corrupt model file")
    {
        if (!condition)
            throw ExceptDecode(message);
    }

    public static void CheckDecode(this IExceptionContext? context, bool condition, string message)
    {
        if (!condition)
            throw ExceptDecode(context, message);
    }

    /// <summary>Ends work whose context was cancelled.</summary>
    public static void CheckAlive(this IHostEnvironment env)
    {
        if (env is ICancelable { IsCanceled: true })
            throw Note(env, new OperationCanceledException("Operation was canceled."));
    }

    /// <summary>Whether an exception was thrown by a check of this class and not by some other code.</summary>
    public static bool IsMarked(Exception exception) => exception.Data.Contains(MarkKey);

    private static Exception Note(IExceptionContext? context, Exception exception)
    {
        exception.Data[MarkKey] = 1;
        return context?.Process(exception) ?? exception;
    }
}
