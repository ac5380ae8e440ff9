using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Pay;

return await ServiceRunner.Run("Pay", () => PayService.Build(args));
