using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method for types known only at run time, the raw types of columns.</summary>
internal static class Generic
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TResult Call<TResult>(object target, string method, Type[] typeArguments, params object?[] arguments)
        => Call<TResult>(target.GetType(), target, method, typeArguments, arguments);

    public static TResult CallStatic<TResult>(Type owner, string method, Type[] typeArguments, params object?[] arguments)
        => Call<TResult>(owner, null, method, typeArguments, arguments);

    private static TResult Call<TResult>(Type owner, object? target, string method, Type[] typeArguments, object?[] arguments)
    {
        MethodInfo closed = owner.GetMethod(method, AnyMethod)!.MakeGenericMethod(typeArguments);
        return (TResult)closed.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}
