using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What a component writes itself into: one entry of a model file, and sub-models below it.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private const string ModelEntryName = "Model.key";

    private readonly RepositoryWriter _repository;
    private readonly string _directory;
    private readonly MemoryStream _model = new();
    private readonly List<string> _strings = [];
    private readonly Dictionary<string, int> _idOfString = [];
    private VersionInfo _version;

    private ModelSaveContext(RepositoryWriter repository, string directory)
    {
        _repository = repository;
        _directory = directory;
        Writer = new BinaryWriter(_model, Encoding.UTF8);
    }

    internal BinaryWriter Writer { get; }

    public void Dispose() => Writer.Dispose();

    internal static void SaveModel(RepositoryWriter repository, object? value, string directory)
    {
        if (value is not ICanSaveModel component)
            return;
        using var context = new ModelSaveContext(repository, directory);
        component.Save(context);
        context.Writer.Flush();
        Contracts.Check(context._version.ModelSignature != 0, "ModelSignature not specified!");
        ReadOnlySpan<byte> model = context._model.GetBuffer().AsSpan(0, (int)context._model.Length);
        repository.Add($"{directory}/{ModelEntryName}", ModelHeader.Write(context._version, model, context._strings));
    }

    internal void CheckAtModel() => Contracts.Check(Writer.BaseStream.Position == 0);

    internal void SetVersionInfo(VersionInfo ver) => _version = ver;

    /// <summary>Saves a component as part of this one; null is not saved.</summary>
    internal void SaveModel<T>(T value, string name)
        where T : class
        => SaveModel(_repository, value, $"{_directory}/{name}");

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckValue(action, nameof(action));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            action(writer);
        _repository.Add($"{_directory}/{name}", stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    internal void SaveString(string str)
    {
        Contracts.CheckValue(str, nameof(str));
        if (!_idOfString.TryGetValue(str, out int id))
        {
            _idOfString[str] = id = _strings.Count;
            _strings.Add(str);
        }

        Writer.Write(id);
    }

    internal void SaveNonEmptyString(string str)
    {
        Contracts.CheckParam(!string.IsNullOrEmpty(str), nameof(str));
        SaveString(str);
    }
}
