using System.Globalization;
using FoodDelivery.Kernel;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RichStatus = Google.Rpc.Status;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>Refusals in gRPC.</summary>
public static class RejectionRpc
{
    private const string Domain = "fooddelivery";
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>
    /// The refusal as a status with google.rpc details: ErrorInfo with the stable reason, BadRequest with the field, RetryInfo with the delay.
    /// </summary>
    public static RpcException ToRpcException(this Rejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        var code = RejectionTable.GrpcStatus(rejection.Kind);
        var status = new RichStatus { Code = (int)code, Message = rejection.Message, Details = { Any.Pack(Info(rejection)) } };
        if (rejection.Field is not null)
        {
            status.Details.Add(Any.Pack(new BadRequest
            {
                FieldViolations = { new BadRequest.Types.FieldViolation { Field = InProtoCase(rejection.Field), Description = rejection.Message } },
            }));
        }

        if (rejection.Kind == RejectionKind.Unavailable)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = (rejection.RetryAfter ?? TimeSpan.FromSeconds(1)).ToDuration() }));
        }

        return new RpcException(new Grpc.Core.Status(code, rejection.Message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }

    /// <summary>The value.</summary>
    /// <exception cref="RpcException">It was refused.</exception>
    public static T ValueOrThrow<T>(this Outcome<T> outcome)
        where T : notnull =>
        outcome.IsRejected(out var rejection, out var value) ? throw rejection.ToRpcException() : value;

    // A rejection names the field as REST spells it; a message's fields are in snake_case: storeId is store_id.
    private static string InProtoCase(string field) =>
        string.Concat(field.Select(static letter => char.IsAsciiLetterUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : letter.ToString()));

    private static ErrorInfo Info(Rejection rejection)
    {
        // Field 1, which this version of the package still calls by its former name.
        var info = new ErrorInfo { Type = rejection.Reason, Domain = Domain };
        if (rejection.Order is { } order)
        {
            info.Metadata.Add("order_id", order.Value.ToString(CultureInfo.InvariantCulture));
        }

        if (rejection.Expected is not null)
        {
            info.Metadata.Add("expected", rejection.Expected);
        }

        return info;
    }
}
