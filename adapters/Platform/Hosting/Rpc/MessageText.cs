using System.Collections;
using FoodDelivery.Platform.Hosting.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>The texts of a message that comes in: composed (NFC), and refused where they would break a screen, a log or an encoding.</summary>
internal static class MessageText
{
    /// <exception cref="RpcException">A text is refused; the details name its field.</exception>
    public static void Take(object request)
    {
        if (request is IMessage message && Take(message, "") is { } flaw)
            throw flaw.ToRpcException();
    }

    private static Error? Take(IMessage message, string path)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsMap || field.FieldType is not (FieldType.String or FieldType.Message))
                continue;

            var (name, value) = (path + field.Name, field.Accessor.GetValue(message));
            var flaw = field.IsRepeated ? Take((IList)value, name) : Take(value, name, composed => field.Accessor.SetValue(message, composed));
            if (flaw is not null)
                return flaw;
        }

        return null;
    }

    private static Error? Take(IList values, string name)
    {
        for (var index = 0; index < values.Count; index++)
        {
            var at = index;
            if (Take(values[at], $"{name}[{at}]", composed => values[at] = composed) is { } flaw)
                return flaw;
        }

        return null;
    }

    private static Error? Take(object? value, string name, Action<string> replace)
    {
        if (value is IMessage part)
            return Take(part, name + ".");

        if (value is not string text)
            return null;

        if (UnicodeText.Validate(text) is { } flaw)
            return Error.Invalid(name, $"{name} {flaw}.");

        var composed = UnicodeText.Compose(text);
        if (!ReferenceEquals(composed, text))
            replace(composed);

        return null;
    }
}
