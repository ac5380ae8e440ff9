using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf.Reflection;
using Value = FoodDelivery.Protos.CloudEvents.V1.CloudEvent.Types.CloudEventAttributeValue;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>A key that what people wrote in events is sealed with: AES-256-GCM.</summary>
/// <param name="Id">Random, so that two who make one for the same order make two.</param>
/// <param name="RecordKey">Of which records, the order's number, as every database keeps it.</param>
/// <param name="Secret">The key itself, 32 bytes.</param>
internal sealed record TextKey(string Id, string RecordKey, byte[] Secret)
{
    public const int Length = 32;

    // In front of a sealed text, for people who see one.
    private const string Mark = "sealed:";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static TextKey New(string recordKey) => new(Guid.NewGuid().ToString("n"), recordKey, RandomNumberGenerator.GetBytes(Length));

    /// <summary>Nonce, ciphertext and tag in base64: a text still, for whatever else reads the record.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it stands: what is sealed there cannot be opened elsewhere.</param>
    public string Seal(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(Secret, TagLength);
        cipher.Encrypt(
            whole.AsSpan(0, NonceLength), plain, whole.AsSpan(NonceLength, plain.Length), whole.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(place));
        return Mark + Convert.ToBase64String(whole);
    }

    /// <exception cref="FormatException">It was not sealed so.</exception>
    /// <exception cref="CryptographicException">It was sealed with another key, or for another place, or is damaged.</exception>
    public string Open(string text, string place)
    {
        var whole = text.StartsWith(Mark, StringComparison.Ordinal) ? Convert.FromBase64String(text[Mark.Length..]) : [];
        if (whole.Length < NonceLength + TagLength)
            throw new FormatException("The text is not sealed.");

        var plain = new byte[whole.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(Secret, TagLength);
        cipher.Decrypt(
            whole.AsSpan(0, NonceLength), whole.AsSpan(NonceLength, plain.Length), whole.AsSpan(NonceLength + plain.Length), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }
}

/// <summary>
/// Seals and opens what people wrote in events. Which key they are sealed with stands in an attribute of the event, where nobody who writes a text can put one;
/// without it nothing of the event is opened.
/// </summary>
internal static class SealedTexts
{
    private static readonly byte[] Trace = Encoding.ASCII.GetBytes(Attributes.SealedWith);

    /// <summary>The records with their texts sealed, by a key for each record key. One without texts, or with sealed ones, stays as it is, byte for byte.</summary>
    public static async Task<IReadOnlyList<LogRecord>> Seal(IReadOnlyList<LogRecord> records, TextKeys keys, CancellationToken cancellation)
    {
        var read = records.Select(static record => PersonalFields.Read(record.Value.Span) is { HasTexts: true } fields && KeyId(fields) is null ? fields : null).ToList();
        var of = await keys.Of([.. records.Where((_, number) => read[number] is not null).Select(static record => record.Key).Distinct(StringComparer.Ordinal)], cancellation);
        return [.. records.Select((record, number) => read[number] is { } fields ? Sealed(record, fields, of[record.Key]) : record)];
    }

    /// <summary>
    /// The records with their texts open. Where the key was thrown away they have become <see cref="ErasedText"/>. What is damaged stays sealed, so that it
    /// cannot be decoded.
    /// </summary>
    public static async Task<IReadOnlyList<LogRecord>> Open(IReadOnlyList<LogRecord> records, TextKeys keys, CancellationToken cancellation)
    {
        var read = records.Select(static record => Read(record.Value.Span)).ToList();
        var ids = read.Select(KeyId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0)
            return records;

        var known = await keys.With(ids, cancellation);
        return [.. records.Select((record, number) => KeyId(read[number]) is { } id ? Opened(record, read[number]!, known.GetValueOrDefault(id)) : record)];
    }

    // Nearly all that is clear is not even parsed.
    private static PersonalFields? Read(ReadOnlySpan<byte> value) => value.IndexOf(Trace) >= 0 ? PersonalFields.Read(value) : null;

    private static string? KeyId(PersonalFields? fields) =>
        fields?.Envelope.Attributes.GetValueOrDefault(Attributes.SealedWith) is { HasCeString: true } id && Guid.TryParseExact(id.CeString, "n", out _) ? id.CeString : null;

    private static LogRecord Sealed(LogRecord record, PersonalFields fields, TextKey key)
    {
        fields.Replace((field, text) => IsErased(text) ? text : key.Seal(text, Place(record, fields.Envelope, field)));
        fields.Envelope.Attributes[Attributes.SealedWith] = new Value { CeString = key.Id };
        return record with { Value = fields.ToByteArray() };
    }

    private static LogRecord Opened(LogRecord record, PersonalFields fields, TextKey? key)
    {
        try
        {
            fields.Replace((field, text) => key is null ? ErasedText.Word : IsErased(text) ? text : key.Open(text, Place(record, fields.Envelope, field)));
            fields.Envelope.Attributes.Remove(Attributes.SealedWith);
            return record with { Value = fields.ToByteArray() };
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return record;
        }
    }

    private static bool IsErased(string text) => string.Equals(text, ErasedText.Word, StringComparison.Ordinal);

    private static string Place(LogRecord record, CloudEvent envelope, FieldDescriptor field) => $"{record.Key}/{envelope.Id}/{field.FieldNumber}";
}
