using System.Reflection;
using System.Reflection.Emit;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Architecture.Scopes;

/// <summary>
/// What an assembly's inbound adapters, the types of its namespaces <c>….Grpc</c> and <c>….Rest</c>, use of the domain past the caller's scope: ports, and
/// handlers' methods without an <see cref="AccessScope"/>. Read from signatures, fields, locals and every instruction, those of closures and iterators included.
/// </summary>
internal static class InboundCalls
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    /// <summary>The offences, each with who commits it and what it uses: a port's full name, or a handler's.</summary>
    public static IReadOnlyList<(string User, string Used)> PastTheScope(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(static type => IsInbound(Outermost(type)))
            .SelectMany(static type => Uses(type).Select(Offence).OfType<string>().Select(used => (User: Outermost(type).FullName!, Used: used)))
            .Distinct()
            .OrderBy(static offence => offence.User, StringComparer.Ordinal)
            .ThenBy(static offence => offence.Used, StringComparer.Ordinal),
    ];

    private static bool IsInbound(Type type) =>
        type.Namespace is { } name && (name.EndsWith(".Grpc", StringComparison.Ordinal) || name.EndsWith(".Rest", StringComparison.Ordinal));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? Offence(MemberInfo used) => used switch
    {
        Type type when IsOfDomain(type) && type.Namespace!.EndsWith(".Ports", StringComparison.Ordinal) => Name(type),
        MethodInfo method when method.DeclaringType is { } type && IsOfDomain(type) && type.Name.EndsWith("Handler", StringComparison.Ordinal)
            && !Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType == typeof(AccessScope)) => Name(type),
        _ => null,
    };

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;

    private static bool IsOfDomain(Type type) => type.Namespace is not null && Domains.Contains(type.Assembly.GetName().Name!);

    private static HashSet<string> Domains { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(House.Root, "domain")).Select(static folder => $"FoodDelivery.{Path.GetFileName(folder)}")];

    private static IEnumerable<MemberInfo> Uses(Type type)
    {
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).ToList();
        var members = methods.SelectMany(static method => Members(method)).ToList();
        var types = new[] { type.BaseType }.Concat(type.GetInterfaces())
            .Concat(type.GetFields(All).Select(static field => field.FieldType))
            .Concat(methods.SelectMany(Signature))
            .Concat(members.SelectMany(Mentioned));
        return members.OfType<MethodInfo>().Concat(types.OfType<Type>().SelectMany(Parts).Cast<MemberInfo>());
    }

    private static IEnumerable<Type> Signature(MethodBase method) =>
        [.. method.GetParameters().Select(static parameter => parameter.ParameterType), .. method is MethodInfo { ReturnType: var type } ? [type] : Type.EmptyTypes,
            .. method.GetMethodBody()?.LocalVariables.Select(static local => local.LocalType) ?? []];

    private static IEnumerable<Type?> Mentioned(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [member.DeclaringType, .. method.GetGenericArguments()],
        _ => [member.DeclaringType],
    };

    // List<IOrders>[] mentions IOrders.
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : [type, .. type.GetGenericArguments().Where(static part => !part.IsGenericParameter).SelectMany(Parts)];

    private static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;

        var (ofType, ofMethod) = (method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : []);
        for (var at = 0; at < code.Length;)
        {
            var first = code[at++];
            var opCode = OpCodesByValue[first == 0xFE ? unchecked((short)(0xFE00 | code[at++])) : first];
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod) is { } member)
            {
                yield return member;
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
