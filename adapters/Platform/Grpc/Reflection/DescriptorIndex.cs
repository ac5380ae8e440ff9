using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Platform.GrpcRuntime.Reflection;

/// <summary>The descriptors of all mapped services and of everything they need; collected when first asked for.</summary>
sealed class DescriptorIndex(EndpointDataSource endpoints)
{
    readonly Lazy<Collected> _collected = new(() => Collect(endpoints));

    public IEnumerable<string> ServiceNames => _collected.Value.Services;

    public IReadOnlyList<ByteString> FileByName(string name) => Closure(_collected.Value.Files.GetValueOrDefault(name));

    public IReadOnlyList<ByteString> FileOfSymbol(string fullName) => Closure(_collected.Value.Symbols.GetValueOrDefault(fullName));

    public IReadOnlyList<ByteString> FileOfExtension(string type, int number) =>
        Closure(_collected.Value.Extensions.GetValueOrDefault((type, number)));

    public IEnumerable<int> ExtensionsOf(string type) =>
        _collected.Value.Extensions.Keys.Where(key => string.Equals(key.Type, type, StringComparison.Ordinal)).Select(key => key.Number).Order();

    static Collected Collect(EndpointDataSource endpoints)
    {
        var collected = new Collected();
        foreach (var endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } mapped && DescriptorOf(mapped.ServiceType) is { } service)
            {
                collected.Services.Add(service.FullName);
                collected.Add(service.File);
            }
        }

        return collected;
    }

    static ServiceDescriptor? DescriptorOf(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;

    static IReadOnlyList<ByteString> Closure(FileDescriptor? file)
    {
        var files = new List<FileDescriptor>();
        Visit(file);
        return [.. files.Select(found => found.SerializedData)];

        void Visit(FileDescriptor? next)
        {
            if (next is null || files.Contains(next))
            {
                return;
            }

            files.Add(next);
            foreach (var dependency in next.Dependencies)
            {
                Visit(dependency);
            }
        }
    }

    sealed class Collected
    {
        public SortedSet<string> Services { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, FileDescriptor> Files { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, FileDescriptor> Symbols { get; } = new(StringComparer.Ordinal);

        public Dictionary<(string Type, int Number), FileDescriptor> Extensions { get; } = [];

        public void Add(FileDescriptor file)
        {
            if (!Files.TryAdd(file.Name, file))
            {
                return;
            }

            foreach (var service in file.Services)
            {
                AddSymbol(service);
                service.Methods.ToList().ForEach(AddSymbol);
            }

            file.MessageTypes.ToList().ForEach(AddMessage);
            file.EnumTypes.ToList().ForEach(AddEnum);
            file.Extensions.UnorderedExtensions.ToList().ForEach(AddExtension);
            file.Dependencies.ToList().ForEach(Add);
        }

        void AddMessage(MessageDescriptor message)
        {
            AddSymbol(message);
            message.Fields.InDeclarationOrder().ToList().ForEach(AddSymbol);
            message.NestedTypes.ToList().ForEach(AddMessage);
            message.EnumTypes.ToList().ForEach(AddEnum);
            message.Extensions.UnorderedExtensions.ToList().ForEach(AddExtension);
        }

        void AddEnum(EnumDescriptor values)
        {
            AddSymbol(values);
            values.Values.ToList().ForEach(AddSymbol);
        }

        void AddExtension(FieldDescriptor extension)
        {
            AddSymbol(extension);
            Extensions[(extension.ExtendeeType.FullName, extension.FieldNumber)] = extension.File;
        }

        void AddSymbol(IDescriptor descriptor) => Symbols[descriptor.FullName] = descriptor.File;
    }
}
