namespace Mlp.MLNet.Tasks;

/// <summary>Says of this assembly that it has a task; see <see cref="KnownTaskAttribute{T}"/>.</summary>
internal abstract class KnownTaskAttribute : Attribute
{
    public abstract TaskDefinition Create();
}

/// <summary>Stands in the folder of a task, which is thereby known without a list that would have to be changed for it.</summary>
/// <typeparam name="T">The task.</typeparam>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class KnownTaskAttribute<T> : KnownTaskAttribute
    where T : TaskDefinition, new()
{
    public override TaskDefinition Create() => new T();
}
